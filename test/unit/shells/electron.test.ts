import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerRequests, forwardEvents } from '../../../main/shells/electron/bridge.ts'
import { allowsNavigation, allowsPermission, allowsSender } from '../../../main/shells/electron/policies.ts'
import { registerAppScheme, serveRenderer } from '../../../main/shells/electron/protocol.ts'
import { guardPermissions, openWindow } from '../../../main/shells/electron/window.ts'
import { createEventBus } from '../../../main/event-bus.ts'
import type { Router } from '../../../main/router.ts'
import * as electron from '../../stubs/electron.ts'

const ownFrame = { url: 'app://attune/', parent: null }
const router: Router = { handle: async (route, input) => ({ ok: true, data: { route, input } }) }

describe('navigation', () => {
  it('stays within the app’s own page', () => {
    expect(allowsNavigation('app://attune/')).toBe(true)
    expect(allowsNavigation('app://attune/index.html#x')).toBe(true)
  })

  it.each([
    'https://example.org',
    'app://attune.evil/',
    'app://evil@attune.org/',
    'file:///etc/passwd',
    'javascript:1',
    '',
    'app:',
  ])('refuses %j', (url) => expect(allowsNavigation(url)).toBe(false))
})

describe('the sender of a request', () => {
  it('is the top frame of the own page', () => expect(allowsSender(ownFrame)).toBe(true))

  it.each([
    ['a frame that is gone', null],
    ['a frame inside the page', { url: 'app://attune/', parent: ownFrame }],
    ['another page', { url: 'https://example.org/', parent: null }],
  ])('is not %s', (_name, frame) => expect(allowsSender(frame)).toBe(false))
})

describe('the window', () => {
  it('is sandboxed and isolated, and can neither leave nor open anything', async () => {
    const window = (await openWindow('/preload.cjs')) as unknown as electron.BrowserWindow
    expect(window.options.webPreferences).toEqual({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    })
    expect(window.url).toBe('app://attune/')
    expect(window.webContents.windowOpenHandler?.({ url: 'https://example.org' })).toEqual({ action: 'deny' })
    const prevented: string[] = []
    for (const url of ['https://example.org/', 'app://attune/next']) {
      window.webContents.fire('will-navigate', { url, preventDefault: () => prevented.push(url) })
    }
    window.webContents.fire('will-attach-webview', { preventDefault: () => prevented.push('webview') })
    expect(prevented).toEqual(['https://example.org/', 'webview'])
  })

  it('appears only when there is something to see', async () => {
    const window = (await openWindow('/preload.cjs')) as unknown as electron.BrowserWindow
    expect(window.shown).toBe(false)
    window.fire('ready-to-show')
    expect(window.shown).toBe(true)
  })

  it('has no permission but writing plain text to the clipboard and telling of an end', () => {
    guardPermissions()
    const { requestHandler, checkHandler } = electron.session.defaultSession
    for (const permission of [
      'clipboard-sanitized-write',
      'clipboard-read',
      'media',
      'geolocation',
      'notifications',
      'push',
      '',
    ]) {
      const expected = permission === 'clipboard-sanitized-write' || permission === 'notifications'
      expect(allowsPermission(permission)).toBe(expected)
      expect(checkHandler?.(null, permission, () => undefined)).toBe(expected)
      requestHandler?.(null, permission, (granted) => expect(granted).toBe(expected))
    }
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

  it('is registered as a standard, secure scheme', () => {
    expect(electron.protocol.schemes).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }])
  })

  it('serves the page with a fresh nonce that its policy admits', async () => {
    const [first, second] = [await fetchApp('app://attune/'), await fetchApp('app://attune/index.html')]
    const nonce = /nonce="(.+)"/.exec(await first.text())?.[1] ?? ''
    expect(nonce.length).toBeGreaterThan(20)
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
    expect(await second.text()).not.toContain(nonce)
  })

  it.each([
    'app://attune/%2e%2e/secret.js',
    'app://attune/..%2fsecret.js',
    'app://attune/none.js',
    'app://other/index.html',
  ])('answers %s with 404', async (url) => expect((await fetchApp(url)).status).toBe(404))
})

describe('the bridge', () => {
  it('answers the own page through the router and refuses everyone else', async () => {
    answerRequests(router)
    const handler = electron.ipcMain.handlers.get('attune:request')
    expect(await handler?.({ senderFrame: ownFrame }, 'study.list', {})).toEqual({
      ok: true,
      data: { route: 'study.list', input: {} },
    })
    for (const senderFrame of [null, { url: 'https://example.org/', parent: null }]) {
      expect(await handler?.({ senderFrame }, 'study.list', {})).toMatchObject({ ok: false })
    }
  })

  it('sends events to the window until it closes', async () => {
    const events = createEventBus()
    const window = (await openWindow('/preload.cjs')) as unknown as electron.BrowserWindow
    forwardEvents(events, window as never)
    events.emit({ type: 'practice.progress', share: 0.5 })
    window.fire('closed')
    events.emit({ type: 'practice.progress', share: 1 })
    expect(window.webContents.sent).toEqual([['attune:event', { type: 'practice.progress', share: 0.5 }]])
  })
})

describe('the preload', () => {
  it('exposes exactly two functions, and no event object of Electron’s', async () => {
    await import('../../../preload/index.ts')
    const api = electron.contextBridge.exposed.get('attune')
    expect(Object.keys(api ?? {})).toEqual(['request', 'subscribe'])
    expect(await api?.['request']?.('study.list', {})).toEqual({ ok: true, data: 'answer' })
    expect(electron.ipcRenderer.invoked).toEqual([['attune:request', 'study.list', {}]])

    const received: unknown[][] = []
    const unsubscribe = api?.['subscribe']?.((...args: unknown[]) => received.push(args)) as () => void
    electron.ipcRenderer.fire('attune:event', { sender: 'dangerous' }, { type: 'x' })
    unsubscribe()
    electron.ipcRenderer.fire('attune:event', { sender: 'dangerous' }, { type: 'y' })
    expect(received).toEqual([[{ type: 'x' }]])
  })
})
