import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shippedPackages } from '../../scripts/shipping/shipped.ts'
import { asar, buildAll, bytesOf, makePackage, projectFolder, run, sha256 } from './packaging.ts'
import { readFuses, writeStubElectron } from './stub-distribution.ts'

const isLinux = process.platform === 'linux' && process.arch === 'x64'
if (!isLinux) console.warn('SKIPPED: the package is tested on Linux (x64) only.')
const hasDpkg = existsSync('/usr/bin/dpkg-deb')
if (!hasDpkg) console.warn('SKIPPED: without dpkg-deb no Debian package is made.')
const mayInstall = process.env['ATTUNE_TEST_INSTALL'] === '1' && process.getuid?.() === 0 && hasDpkg
if (!mayInstall) console.warn('SKIPPED: the Debian package is installed by root with ATTUNE_TEST_INSTALL=1 only.')

/** What a package may take without Electron: a download, so compressed. */
const budgetMiB = 60

let work = ''
let unpacked = ''
/** Paths of everything in the archive. */
let entries: string[] = []
const resources = () => join(unpacked, 'resources')
const extracted = () => join(work, 'extracted')

beforeAll(async () => {
  if (!isLinux) return
  work = await mkdtemp(join(tmpdir(), 'attune-package-'))
  const stub = join(work, 'electron')
  const manifest = JSON.parse(await readFile('node_modules/electron/package.json', 'utf8')) as { version: string }
  await writeStubElectron(stub, manifest.version)
  await buildAll()
  unpacked = await makePackage(join(work, 'dist'), stub, hasDpkg ? 'deb' : 'dir')
  const archive = join(resources(), 'app.asar')
  entries = (await asar('list', archive)).split('\n').flatMap((path) => (path === '' ? [] : path.slice(1)))
  await asar('extract', archive, extracted())
})
afterAll(() => rm(work, { recursive: true, force: true }))

describe.skipIf(!isLinux)('the packaged layout', () => {
  it('holds what runs, and nothing of tests, sources or tools', async () => {
    const shipped = await shippedPackages(projectFolder, { platform: 'linux', arch: 'x64' })
    const names = new Set(shipped.map(({ name }) => name))
    const tops = new Set(entries.map((path) => path.split('/').slice(0, 2).join('/')))
    expect([...tops].filter((top) => !top.startsWith('node_modules/')).toSorted()).toEqual([
      'node_modules',
      'out',
      'out/main',
      'out/preload',
      'out/renderer',
      'package.json',
    ])
    const carried = entries.flatMap(
      (path) => /^node_modules\/((?:@[^/]+\/)?[^/@]+)\/package\.json$/.exec(path)?.[1] ?? [],
    )
    expect(carried).toContain('zod')
    const strangers = carried.filter((name) => !names.has(name))
    expect(strangers).toEqual([])
    expect(entries.filter((path) => /\.(ts|tsx|map)$/.test(path))).toEqual([])
  })

  it('has the native libraries of this system only, outside the archive', async () => {
    const native = entries.filter((path) => /\.(node|so|dll|dylib)(\.|$)/.test(path))
    expect(native.length).toBeGreaterThan(0)
    for (const path of native) {
      expect(path).toContain('linux-x64')
      expect(existsSync(join(resources(), 'app.asar.unpacked', path))).toBe(true)
    }
  })

  it('has its fuses blown: no Node, no options, no inspection, nothing but the archive', async () => {
    const [runAsNode, encryptsCookies, nodeOptions, inspect, integrity, onlyArchive, , fileRights] = await readFuses(
      join(unpacked, 'attune'),
    )
    expect({ runAsNode, nodeOptions, inspect, fileRights }).toEqual({
      runAsNode: false,
      nodeOptions: false,
      inspect: false,
      fileRights: false,
    })
    expect({ encryptsCookies, integrity, onlyArchive }).toEqual({
      encryptsCookies: true,
      integrity: true,
      onlyArchive: true,
    })
  })

  it('tells what it is made of and under which licences', async () => {
    const bill = JSON.parse(await readFile(join(resources(), 'licences/bill-of-materials.json'), 'utf8')) as {
      components: { name: string }[]
    }
    expect(bill.components.map(({ name }) => name)).toEqual(expect.arrayContaining(['react', 'node-llama-cpp', 'zod']))
    expect(await readFile(join(resources(), 'licences/licences.txt'), 'utf8')).toContain('Permission is hereby granted')
  })

  it(`takes at most ${budgetMiB} MiB to download without Electron`, async () => {
    const { stdout } = await run('sh', ['-c', `tar -C "${resources()}" -c . | xz -T2 -1 | wc -c`])
    const [packed, lying] = [Number(stdout) / 2 ** 20, (await bytesOf(resources())) / 2 ** 20]
    console.info(`without Electron: ${packed.toFixed(1)} MiB packed, ${lying.toFixed(1)} MiB on disk`)
    expect(packed).toBeLessThan(budgetMiB)
  })
})

describe.skipIf(!isLinux)('the packaged program', () => {
  const hooks = ['--import', join(projectFolder, 'test/stubs/electron-hooks.ts')]
  const mainFile = () => join(extracted(), 'out/main/electron.js')
  const environment = () => ({ ...process.env, ATTUNE_HOME: join(work, 'home'), OLLAMA_HOST: 'http://127.0.0.1:9' })

  it('opens its window, answers its page, starts the engine and ends in good order', async () => {
    const driver = join(projectFolder, 'test/package/drive-window.ts')
    const { stdout } = await run(process.execPath, [...hooks, driver, mainFile()], { env: environment() })
    expect(JSON.parse(stdout)).toMatchObject({
      isSandboxed: true,
      url: 'app://attune/',
      info: { ok: true, data: { shell: 'electron' } },
      practice: { ok: true, data: { needsPreparation: false } },
      generated: 200,
      page: { status: 200, hasNonce: false },
      script: 200,
      outside: 404,
    })
  })

  it('serves the same page in browser mode', async () => {
    const child = spawn(process.execPath, [...hooks, mainFile(), '--browser', '--no-open'], { env: environment() })
    let url = ''
    for await (const line of createInterface({ input: child.stdout })) {
      url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)?.[0] ?? ''
      if (url !== '') break
    }
    const entry = await fetch(url, { redirect: 'manual' })
    const page = await fetch(new URL('/', url), { headers: { cookie: entry.headers.get('set-cookie') ?? '' } })
    expect(await page.text()).toContain('<title>Attune</title>')
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  it('is the command line as well', async () => {
    const { stdout } = await run(process.execPath, [...hooks, mainFile(), 'doctor'], { env: environment() }).catch(
      (error: { stdout: string }) => error,
    )
    expect(stdout).toContain('built-in engine')
  })

  it('has a llama.cpp that loads', async () => {
    const script = `
      const { getLlama } = await import('node-llama-cpp')
      const llama = await getLlama({ build: 'never', skipDownload: true, gpu: false, progressLogs: false })
      process.stdout.write(String(llama.gpu))
      process.exit()`
    // A file, as node-llama-cpp tries its libraries in a copy of the process first.
    const file = join(extracted(), 'load.mjs')
    await writeFile(file, script)
    const { stdout } = await run(process.execPath, [file])
    expect(stdout).toBe('false')
  })
})

describe.skipIf(!isLinux || !hasDpkg)('the Debian package', () => {
  const deb = () => join(work, 'dist/attune-0.1.0-linux-amd64.deb')

  it('brings a menu entry, icons and the program', async () => {
    const { stdout } = await run('dpkg-deb', ['--contents', deb()], { maxBuffer: 2 ** 26 })
    for (const path of [
      './usr/share/applications/attune.desktop',
      './usr/share/icons/hicolor/512x512/apps/attune.png',
      './opt/Attune/attune',
      './opt/Attune/resources/app.asar',
    ]) {
      expect(stdout).toContain(path)
    }
    const { stdout: about } = await run('dpkg-deb', ['--info', deb()])
    expect(about).toContain('Package: attune')
  })

  it.skipIf(!mayInstall)('installs the command and removes all of it again', async () => {
    await run('dpkg', ['--force-depends', '--install', deb()])
    expect(existsSync('/usr/bin/attune')).toBe(true)
    expect(existsSync('/usr/share/applications/attune.desktop')).toBe(true)
    await run('dpkg', ['--purge', 'attune'])
    for (const path of ['/usr/bin/attune', '/opt/Attune', '/usr/share/applications/attune.desktop']) {
      expect(existsSync(path)).toBe(false)
    }
  })
})

it.skipIf(!isLinux)('is the same to the last bit when it is built again', async () => {
  const first = await sha256(join(resources(), 'app.asar'))
  await buildAll()
  const again = await makePackage(join(work, 'again'), join(work, 'electron'), 'dir')
  expect(await sha256(join(again, 'resources/app.asar'))).toBe(first)
})
