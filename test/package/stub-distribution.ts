import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asar } from './packaging.ts'

/** Where Electron's program keeps its fuses: this text, then their version and number, then one state each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const [version, fuses, disabled, enabled] = [1, 9, '0', '1'] as const
/** As Electron is delivered: run as Node, environment options, inspection and file rights are on. */
const delivered = [enabled, disabled, enabled, enabled, disabled, disabled, disabled, enabled, disabled]

/** Writes a folder that looks like Electron's for Linux, but whose program only says that it is none. */
export async function writeStubElectron(folder: string, electronVersion: string): Promise<void> {
  await mkdir(join(folder, 'locales'), { recursive: true })
  await mkdir(join(folder, 'resources'), { recursive: true })
  const program = Buffer.concat([
    Buffer.from('#!/bin/sh\necho "This stands in for Electron in a test." >&2\nexit 1\n'),
    Buffer.from(sentinel),
    Buffer.from([version, fuses]),
    Buffer.from(delivered.join('')),
  ])
  const empty = join(folder, 'empty')
  await mkdir(empty)
  await writeFile(join(empty, 'package.json'), '{"name":"default"}')
  await asar('pack', empty, join(folder, 'resources/default_app.asar'))
  await Promise.all([
    writeFile(join(folder, 'electron'), program),
    writeFile(join(folder, 'version'), electronVersion),
    ...['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox'].map((name) => writeFile(join(folder, name), 'stub')),
    ...['en-US', 'de', 'fr'].map((locale) => writeFile(join(folder, `locales/${locale}.pak`), locale)),
  ])
  await chmod(join(folder, 'electron'), 0o755)
}

/** Whether each fuse of an Electron program is on, in Electron's own order. */
export async function readFuses(program: string): Promise<boolean[]> {
  const bytes = await readFile(program)
  const start = bytes.indexOf(sentinel) + sentinel.length
  const count = bytes[start + 1] ?? 0
  return Array.from(bytes.toString('latin1', start + 2, start + 2 + count), (state) => state === enabled)
}
