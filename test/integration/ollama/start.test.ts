import { EventEmitter } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { newestFeatures } from '../../../main/ollama/features.ts'
import { findDaemon, findInstallation, type LocateOptions, type Surroundings } from '../../../main/ollama/locate.ts'
import { startDaemon, type SpawnOptions, type StartOptions } from '../../../main/ollama/start.ts'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { createVirtualClock } from '../../daemon/virtual-clock.ts'
import { closedUrl } from './replay-server.ts'

function surroundings(files: string[], options: Partial<Surroundings> = {}): Surroundings {
  return {
    platform: 'linux',
    env: { PATH: '/opt/bin:/usr/games' },
    homeFolder: '/home/ada',
    exists: (path) => files.includes(path),
    ownAddresses: ['192.168.1.5', 'desk'],
    ...options,
  }
}

async function scriptedDaemon() {
  const daemon = await startScriptedDaemon()
  onTestFinished(() => daemon.close())
  return daemon
}

describe('finding Ollama', () => {
  it('says that it runs, with its version and features', async () => {
    const { url } = await scriptedDaemon()
    const host = url.replace('http://127.0.0.1', '0.0.0.0')
    const status = await findDaemon({ ...surroundings([], { env: { OLLAMA_HOST: host } }), configuredUrl: null })
    expect(status).toEqual({
      kind: 'ollama',
      state: 'running',
      url,
      isLocal: true,
      version: '0.32.15',
      features: newestFeatures,
      problem: null,
    })
  })

  it('prefers the configured address to OLLAMA_HOST', async () => {
    const { url } = await scriptedDaemon()
    const status = await findDaemon({
      ...surroundings([], { env: { OLLAMA_HOST: await closedUrl() } }),
      configuredUrl: `${url}/`,
    })
    expect(status).toMatchObject({ state: 'running', url })
  })

  it('tells an installed one that does not run from one that is missing', async () => {
    const configuredUrl = await closedUrl()
    const stopped = await findDaemon({ ...surroundings(['/usr/bin/ollama']), configuredUrl })
    const missing = await findDaemon({ ...surroundings([]), configuredUrl })
    expect(stopped).toMatchObject({ state: 'stopped', version: null, features: newestFeatures })
    expect(missing).toMatchObject({ state: 'missing', problem: { hint: expect.any(String) as string } })
  })

  it('does not look for programs when the address is another computer’s', async () => {
    // 192.0.2.0/24 is reserved for documentation: nothing is there, wherever this runs.
    const configuredUrl = 'http://192.0.2.1:11434'
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'EHOSTUNREACH' } }))
    const status = await findDaemon({ ...surroundings(['/usr/bin/ollama']), configuredUrl, fetch })
    expect(status).toMatchObject({ state: 'unreachable', isLocal: false })
  })

  it('tells what is wrong with something that answers but not as Ollama', async () => {
    const daemon = await scriptedDaemon()
    const options: LocateOptions = { ...surroundings(['/usr/bin/ollama']), configuredUrl: daemon.url }
    daemon.inject('version', { kind: 'refuse', status: 403, error: '' })
    expect(await findDaemon(options)).toMatchObject({
      state: 'unreachable',
      problem: { message: expect.stringContaining('refuses') as string },
    })
    daemon.inject('version', { kind: 'answer', body: '<html>' })
    expect(await findDaemon(options)).toMatchObject({ state: 'unreachable' })
    daemon.inject('version', { kind: 'hang' })
    expect(await findDaemon({ ...options, answerSeconds: 0.1 })).toMatchObject({ state: 'unreachable' })
  })
})

describe('where Ollama is installed', () => {
  const windows = { platform: 'win32', homeFolder: 'C:\\Users\\Ada' } as const
  const appPath = 'D:\\Local\\Programs\\Ollama\\ollama app.exe'

  it.each<[string, Surroundings, object | null]>([
    ['nowhere', surroundings([]), null],
    ['Linux, installer', surroundings(['/usr/local/bin/ollama']), { kind: 'program', path: '/usr/local/bin/ollama' }],
    ['Linux, search path', surroundings(['/opt/bin/ollama']), { kind: 'program', path: '/opt/bin/ollama' }],
    [
      'Linux, service',
      surroundings(['/usr/local/bin/ollama', '/etc/systemd/system/ollama.service', '/run/systemd/system']),
      { kind: 'service', path: '/etc/systemd/system/ollama.service' },
    ],
    [
      'a container with a unit file but without systemd',
      surroundings(['/usr/local/bin/ollama', '/etc/systemd/system/ollama.service']),
      { kind: 'program', path: '/usr/local/bin/ollama' },
    ],
    [
      'macOS, app before link',
      surroundings(['/usr/local/bin/ollama', '/Applications/Ollama.app'], { platform: 'darwin' }),
      { kind: 'app', path: '/Applications/Ollama.app' },
    ],
    [
      'macOS, Homebrew',
      surroundings(['/opt/homebrew/bin/ollama'], { platform: 'darwin' }),
      { kind: 'program', path: '/opt/homebrew/bin/ollama' },
    ],
    [
      'Windows',
      surroundings([appPath], { ...windows, env: { LOCALAPPDATA: 'D:\\Local' } }),
      { kind: 'app', path: appPath },
    ],
    [
      'Windows, program alone, by the home folder',
      surroundings(['C:\\Users\\Ada\\AppData\\Local\\Programs\\Ollama\\ollama.exe'], { ...windows, env: {} }),
      { kind: 'program', path: 'C:\\Users\\Ada\\AppData\\Local\\Programs\\Ollama\\ollama.exe' },
    ],
    [
      'Windows, search path',
      surroundings(['E:\\tools\\ollama.exe'], { ...windows, env: { Path: 'C:\\Windows;E:\\tools' } }),
      { kind: 'program', path: 'E:\\tools\\ollama.exe' },
    ],
  ])('%s', async (_where, computer, installation) => {
    expect(await findInstallation(computer)).toEqual(installation)
  })
})

interface Launch {
  program: string
  parameters: string[]
  options: SpawnOptions
}

/** A killed daemon, and a `spawn` that records what it is asked and then does what the test says. */
async function stoppedDaemon(files: string[], act: (child: EventEmitter, revive: () => Promise<void>) => void) {
  const daemon = await scriptedDaemon()
  await daemon.kill()
  const launches: Launch[] = []
  const options: StartOptions = {
    ...surroundings(files),
    configuredUrl: daemon.url,
    clock: createVirtualClock(),
    spawn(program, parameters, options) {
      launches.push({ program, parameters, options })
      const child = Object.assign(new EventEmitter(), { unref() {} })
      setImmediate(() => act(child, () => daemon.revive()))
      return child
    },
  }
  return { daemon, launches, options }
}

const reviving = (_child: EventEmitter, revive: () => Promise<void>) => void revive()

describe('starting Ollama', () => {
  it('runs the program on its own and waits until it answers', async () => {
    const { launches, options, daemon } = await stoppedDaemon(['/usr/bin/ollama'], reviving)
    expect(await startDaemon(options)).toMatchObject({ state: 'running', url: daemon.url })
    expect(launches).toMatchObject([
      {
        program: '/usr/bin/ollama',
        parameters: ['serve'],
        options: { detached: true, stdio: 'ignore', env: { OLLAMA_HOST: daemon.url } },
      },
    ])
  })

  it('waits for one that takes most of a minute, and gives up on one that takes longer', async () => {
    const { options } = await stoppedDaemon(['/usr/bin/ollama'], () => {})
    const answersAfter = (seconds: number): StartOptions => ({
      ...options,
      fetch: () =>
        options.clock.now() < seconds
          ? Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }))
          : Promise.resolve(new Response('{"version":"0.32.15"}', { headers: { 'content-type': 'application/json' } })),
    })
    const early = options.clock.now() + 50
    expect(await startDaemon(answersAfter(early))).toMatchObject({ state: 'running', version: '0.32.15' })
    expect(options.clock.now()).toBeGreaterThanOrEqual(early)
    await expect(startDaemon(answersAfter(options.clock.now() + 90))).rejects.toMatchObject({
      code: 'timeout',
      hint: 'Wait a little and try again.',
    })
  })

  it.each<[NodeJS.Platform, string[], string[]]>([
    [
      'darwin',
      ['/Applications/Ollama.app'],
      ['open', '-j', '-a', '/Applications/Ollama.app', '--args', '--fast-startup'],
    ],
    [
      'win32',
      ['/x\\Programs\\Ollama\\ollama app.exe'],
      ['\\x\\Programs\\Ollama\\ollama app.exe', '--hide', '--fast-startup'],
    ],
    ['linux', ['/usr/lib/systemd/system/ollama.service', '/run/systemd/system'], ['systemctl', 'start', 'ollama']],
  ])('goes the way of %s', async (platform, files, command) => {
    const { launches, options } = await stoppedDaemon([], (child, revive) => {
      child.emit('exit', 0)
      void revive()
    })
    const exists = (path: string) => files.includes(path.replace(/^\\x/, '/x'))
    await startDaemon({ ...options, platform, exists, env: { LOCALAPPDATA: '/x' } })
    expect(launches.map(({ program, parameters }) => [program, ...parameters])).toEqual([command])
  })

  it('does nothing when it already runs', async () => {
    const { launches, options, daemon } = await stoppedDaemon([], reviving)
    await daemon.revive()
    expect(await startDaemon(options)).toMatchObject({ state: 'running' })
    expect(launches).toEqual([])
  })

  it('leaves the address to the environment when it comes from there', async () => {
    const { launches, options, daemon } = await stoppedDaemon(['/usr/bin/ollama'], reviving)
    const OLLAMA_HOST = daemon.url.replace('http://127.0.0.1', '0.0.0.0')
    await startDaemon({ ...options, configuredUrl: null, env: { OLLAMA_HOST } })
    expect(launches[0]?.options.env).toEqual({ OLLAMA_HOST })
  })

  const failing: [string, string[], (child: EventEmitter) => void, object][] = [
    ['is not installed', [], () => {}, { code: 'daemonMissing' }],
    [
      'cannot be run',
      ['/usr/bin/ollama'],
      (child) => child.emit('error', new Error('spawn EACCES')),
      { code: 'daemonUnreachable', message: 'Ollama could not be started: spawn EACCES.' },
    ],
    [
      'ends at once',
      ['/usr/bin/ollama'],
      (child) => child.emit('exit', 0),
      { code: 'daemonUnreachable', message: expect.stringContaining('ended at once') as string },
    ],
    [
      'is a service that may not be started',
      ['/etc/systemd/system/ollama.service', '/run/systemd/system'],
      (child) => child.emit('exit', 1),
      { code: 'daemonUnreachable', hint: expect.stringContaining('sudo systemctl start ollama') as string },
    ],
    ['never answers', ['/usr/bin/ollama'], () => {}, { code: 'timeout' }],
  ]
  it.each(failing)('says so when it %s', async (_what, files, act, report) => {
    const { options } = await stoppedDaemon(files, act)
    await expect(startDaemon(options)).rejects.toMatchObject(report)
  })

  it('starts nothing for an address of another computer', async () => {
    const { launches, options } = await stoppedDaemon(['/usr/bin/ollama'], reviving)
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }))
    const starting = startDaemon({ ...options, fetch, configuredUrl: 'http://192.0.2.1:11434' })
    await expect(starting).rejects.toMatchObject({ code: 'daemonUnreachable' })
    expect(launches).toEqual([])
  })
})
