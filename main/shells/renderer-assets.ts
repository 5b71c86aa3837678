import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, normalize, relative, sep } from 'node:path'
import type { Language } from '../../preload/contract/settings.ts'
import { noncePlaceholder } from './security-policy.ts'

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
}

export interface Asset {
  body: Buffer
  mimeType: string
}

/**
 * Turns the path of a request into a file inside `folder`, or null for anything that is not a plain path to a
 * known kind of file in it: traversal in any encoding, control characters, other drives, unknown extensions.
 */
export function resolveAsset(folder: string, urlPath: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(urlPath)
  } catch {
    return null
  }
  if (!decoded.startsWith('/') || hasControlCharacter(decoded) || decoded.includes('\\')) return null
  const path = normalize(join(folder, decoded === '/' ? 'index.html' : decoded))
  const inside = relative(folder, path)
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null
  return Object.hasOwn(mimeTypes, extname(path)) ? path : null
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((character) => character.charCodeAt(0) < 32)
}

/** What is filled into the page when it is served. */
export interface PageFacts {
  nonce: string
  language: Language
}

/** Reads one asset of the built renderer, the page with its facts filled in; null if there is no such file. */
export async function readAsset(folder: string, urlPath: string, facts: PageFacts): Promise<Asset | null> {
  const path = resolveAsset(folder, urlPath)
  if (path === null) return null
  const mimeType = mimeTypes[extname(path)] ?? 'application/octet-stream'
  try {
    const body = await readFile(path)
    if (extname(path) !== '.html') return { body, mimeType }
    const page = body.toString('utf8').replaceAll(noncePlaceholder, facts.nonce)
    return { body: Buffer.from(page.replace('<html lang="en">', `<html lang="${facts.language}">`)), mimeType }
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')
}
