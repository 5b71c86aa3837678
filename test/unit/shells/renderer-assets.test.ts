import fc from 'fast-check'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAsset, resolveAsset } from '../../../main/shells/renderer-assets.ts'
import { contentSecurityPolicy } from '../../../main/shells/security-policy.ts'

const folder = join(sep, 'app', 'out', 'renderer')

describe('resolving a path of the page', () => {
  it.each([
    ['/', 'index.html'],
    ['/index.html', 'index.html'],
    ['/assets/main-1a2b.js', join('assets', 'main-1a2b.js')],
    ['/assets/a%20b.css', join('assets', 'a b.css')],
  ])('finds %s', (path, file) => {
    expect(resolveAsset(folder, path)).toBe(join(folder, file))
  })

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/../../package.json',
    '/assets/..%5c..%5cpackage.json',
    '/%00index.html',
    '/index.html%00.png',
    '/%',
    '//etc/passwd',
    '/settings.sqlite',
    'index.html',
    '',
  ])('refuses %j', (path) => {
    expect(resolveAsset(folder, path)).toBeNull()
  })

  it('never leaves the folder, whatever is asked for', () => {
    const piece = fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '\\', '%5c', 'a', 'index.html', '%00', 'C:', '.js')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = resolveAsset(folder, `/${pieces.join('/')}`)
        expect(path === null || path.startsWith(folder + sep)).toBe(true)
      }),
      { seed: 1, numRuns: 2000 },
    )
  })
})

const facts = { nonce: 'abc', language: 'de' } as const

describe('reading an asset', () => {
  let root = ''
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'attune-assets-'))
    await mkdir(join(root, 'assets'))
    await writeFile(join(root, 'index.html'), '<html lang="en"><meta nonce="__CSP_NONCE__"><i nonce="__CSP_NONCE__">')
    await writeFile(join(root, 'assets', 'main.js'), '"__CSP_NONCE__"')
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  it('fills nonce and language into the page, and only into the page', async () => {
    const page = await readAsset(root, '/', facts)
    expect(page?.body.toString()).toBe('<html lang="de"><meta nonce="abc"><i nonce="abc">')
    expect((await readAsset(root, '/assets/main.js', facts))?.body.toString()).toBe('"__CSP_NONCE__"')
  })

  it('answers null for what is not there', async () => {
    expect(await readAsset(root, '/assets/none.js', facts)).toBeNull()
    expect(await readAsset(root, '/assets', facts)).toBeNull()
  })
})

describe('the content security policy', () => {
  it('lets nothing in from outside and connects nowhere in Electron', () => {
    const policy = contentSecurityPolicy('n', [])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'none'")
    expect(policy).toContain("style-src 'self' 'nonce-n'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  })
})
