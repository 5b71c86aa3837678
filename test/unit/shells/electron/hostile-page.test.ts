import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEventBus } from '../../../../main/event-bus.ts'
import { createRouter } from '../../../../main/router.ts'
import { answerRequests, forwardEvents } from '../../../../main/shells/electron/bridge.ts'
import { guardContents, guardSession } from '../../../../main/shells/electron/guards.ts'
import { registerAppScheme, serveRenderer } from '../../../../main/shells/electron/protocol.ts'
import type { Handlers } from '../../../../preload/contract/routes.ts'
import * as electron from '../../../stubs/electron.ts'

const ownFrame = { url: 'app://attune/', parent: null }
const asked: unknown[] = []
/** Handlers that note what gets through to them. */
const handlers = new Proxy({} as Handlers, {
  get: (_, route: string) => async (input: unknown) => {
    asked.push([route, input])
    return {}
  },
})
const router = createRouter(handlers, () => undefined)

beforeEach(() => {
  asked.length = 0
  electron.restart()
})

describe('a request by a hostile page', () => {
  const send = async (route: unknown, input: unknown, senderFrame: unknown = ownFrame) => {
    answerRequests(router)
    return electron.ipcMain.handlers.get('attune:request')?.({ senderFrame }, route, input)
  }

  it('is answered where it is one that the contract knows', async () => {
    expect(await send('app.openLink', { link: 'ollamaDownload' })).toEqual({ ok: true, data: {} })
    expect(asked).toEqual([['app.openLink', { link: 'ollamaDownload' }]])
  })

  it.each([
    ['a frame that is gone', null],
    ['a frame of another site', { url: 'https://example.org/', parent: null }],
    ['a frame inside the page', { url: 'app://attune/', parent: ownFrame }],
  ])('comes to nothing from %s', async (_name, frame) => {
    expect(await send('study.list', {}, frame)).toMatchObject({ ok: false, error: { code: 'invalidInput' } })
    expect(asked).toEqual([])
  })

  it.each([
    ['a request that there is not', 'study.everything', {}, 'notFound'],
    ['the name of what every object has', 'constructor', {}, 'notFound'],
    ['no name', undefined, {}, 'notFound'],
    ['a name that is none', { toString: 'study.list' }, {}, 'notFound'],
    ['an address for a link', 'app.openLink', { link: 'https://example.org' }, 'invalidInput'],
    ['a link that there is not', 'app.openLink', { link: 'somewhere' }, 'invalidInput'],
    ['a path for a folder', 'app.openFolder', { folder: '/etc' }, 'invalidInput'],
    ['a path for a study', 'study.get', { id: '../../etc/passwd' }, 'invalidInput'],
    ['more than is asked for', 'study.list', { also: 1 }, 'invalidInput'],
    ['a prototype', 'settings.set', JSON.parse('{"__proto__":{"admin":true}}'), 'invalidInput'],
    ['nothing', 'study.start', undefined, 'invalidInput'],
    ['far too much', 'model.openFile', { path: 'x'.repeat(2_000_000) }, 'invalidInput'],
  ])('comes to nothing with %s', async (_name, route, input, code) => {
    expect(await send(route, input)).toMatchObject({ ok: false, error: { code } })
    expect(asked).toEqual([])
  })
})

describe('a hostile page in the window', () => {
  const { defaultSession } = electron.session

  it('can neither leave, nor open, nor embed anything', () => {
    guardContents()
    const { webContents } = new electron.BrowserWindow({ webPreferences: {} })
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      expect(webContents.try(event, { url: 'https://example.org/' })).toBe(true)
      expect(webContents.try(event, { url: 'file:///etc/passwd' })).toBe(true)
      expect(webContents.try(event, { url: 'app://attune/index.html' })).toBe(false)
    }
    expect(webContents.try('will-attach-webview')).toBe(true)
    expect(webContents.windowOpenHandler?.({ url: 'app://attune/' })).toEqual({ action: 'deny' })
  })

  it('has no permission and no device but the clipboard for a copy button', () => {
    guardSession()
    for (const permission of ['clipboard-sanitized-write', 'clipboard-read', 'media', 'notifications', 'usb', '']) {
      const expected = permission === 'clipboard-sanitized-write'
      expect(defaultSession.checkHandler?.(null, permission, () => undefined)).toBe(expected)
      defaultSession.requestHandler?.(null, permission, (granted) => expect(granted).toBe(expected))
    }
    expect(defaultSession.deviceHandler?.()).toBe(false)
  })

  it('reaches no network', () => {
    guardSession()
    const isCancelled = (url: string) => {
      let answer: boolean | undefined
      defaultSession.requestGuard?.({ url }, ({ cancel }) => (answer = cancel))
      return answer
    }
    expect(isCancelled('https://example.org/collect')).toBe(true)
    expect(isCancelled('http://127.0.0.1:11434/api/tags')).toBe(true)
    expect(isCancelled('app://attune/main.js')).toBe(false)
  })

  it('saves nothing but what it made', () => {
    guardSession()
    const isPrevented = (url: string) => {
      let prevented = false
      defaultSession.fire('will-download', { preventDefault: () => (prevented = true) }, { getURL: () => url })
      return prevented
    }
    expect(isPrevented('blob:app://attune/report')).toBe(false)
    expect(isPrevented('https://example.org/setup.exe')).toBe(true)
  })
})

describe('the app:// protocol', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attune-protocol-'))
    await writeFile(join(folder, 'index.html'), '<meta nonce="__CSP_NONCE__">')
    registerAppScheme()
    serveRenderer(folder, () => 'en')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const fetchApp = async (url: string) => {
    const handler = electron.protocol.handlers.get('app')
    if (!handler) throw new Error('The protocol has no handler')
    return handler(new Request(url))
  }

  it('is registered as a standard, secure scheme without further rights', () => {
    expect(electron.protocol.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ])
  })

  it('serves the page with a fresh nonce that its policy admits', async () => {
    const [first, second] = [await fetchApp('app://attune/'), await fetchApp('app://attune/index.html')]
    const nonce = /nonce="(.+)"/.exec(await first.text())?.[1] ?? ''
    expect(nonce.length).toBeGreaterThan(20)
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
    expect(await second.text()).not.toContain(nonce)
  })

  it('lets the page run its own scripts only, and connect nowhere', async () => {
    const policy = (await fetchApp('app://attune/')).headers.get('content-security-policy') ?? ''
    for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'none'", "frame-ancestors 'none'"]) {
      expect(policy.split('; ')).toContain(rule)
    }
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  })

  it.each([
    'app://attune/%2e%2e/secret.js',
    'app://attune/..%2fsecret.js',
    'app://attune/..%5csecret.js',
    'app://attune/%252e%252e/secret.js',
    'app://attune/../../secret.js',
    'app://attune/%00.js',
    'app://attune/none.js',
    'app://other/index.html',
  ])('answers %s with 404', async (url) => expect((await fetchApp(url)).status).toBe(404))
})

describe('the bridge', () => {
  it('sends events to the window until it closes', () => {
    const events = createEventBus()
    const window = new electron.BrowserWindow({ webPreferences: {} })
    forwardEvents(events, window as never)
    events.emit({ type: 'practice.progress', share: 0.5 })
    window.fire('closed')
    events.emit({ type: 'practice.progress', share: 1 })
    expect(window.webContents.sent).toEqual([['attune:event', { type: 'practice.progress', share: 0.5 }]])
  })
})

describe('the preload', () => {
  it('exposes these functions and nothing else, and no event object of Electron’s', async () => {
    await import('../../../../preload/index.ts')
    const { exposed } = electron.contextBridge
    const surface = Array.from(exposed, ([name, api]) => [
      name,
      Object.entries(api).map(([key, value]) => `${key}/${value.length}`),
    ])
    expect(surface).toEqual([['attune', ['request/2', 'subscribe/1', 'pathOf/1']]])

    const api = exposed.get('attune')
    expect(await api?.['request']?.('study.list', {})).toEqual({ ok: true, data: 'answer' })
    expect(electron.ipcRenderer.invoked).toEqual([['attune:request', 'study.list', {}]])
    expect(api?.['pathOf']?.({ name: 'model.gguf' })).toBe('/downloads/model.gguf')

    const received: unknown[][] = []
    const unsubscribe = api?.['subscribe']?.((...args: unknown[]) => received.push(args)) as () => void
    electron.ipcRenderer.fire('attune:event', { sender: 'dangerous' }, { type: 'x' })
    unsubscribe()
    electron.ipcRenderer.fire('attune:event', { sender: 'dangerous' }, { type: 'y' })
    expect(received).toEqual([[{ type: 'x' }]])
  })
})
