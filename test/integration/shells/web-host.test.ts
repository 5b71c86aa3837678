import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createEventBus } from '../../../main/event-bus.ts'
import { startWebHost, type WebHost } from '../../../main/shells/web/host.ts'

const events = createEventBus()
let host: WebHost
let folder = ''
let origin = ''
let port = 0
let cookie = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attune-host-'))
  await writeFile(join(folder, 'index.html'), '<title>Attune</title><meta nonce="__CSP_NONCE__">')
  await writeFile(join(folder, 'main.js'), '1')
  host = await startWebHost({
    router: { handle: async (route, input) => ({ ok: true, data: { route, input } }) },
    events,
    language: () => 'en',
    rendererFolder: folder,
    preferredPort: 0,
  })
  origin = new URL(host.url).origin
  port = Number(new URL(host.url).port)
  const entry = await fetch(host.url, { redirect: 'manual' })
  cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? ''
})

afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true, force: true })
})

/** Like fetch, but with headers that fetch keeps to itself. */
function get(path: string, headers: Record<string, string>, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
    })
      .on('error', reject)
      .end()
  })
}

function openSocket(headers: Record<string, string>, path = '/ws') {
  return new Promise<WebSocket>((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
    socket.on('open', () => resolve(socket)).on('error', reject)
  })
}

function nextMessage(socket: WebSocket) {
  return new Promise<unknown>((resolve) => {
    socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString('utf8'))))
  })
}

describe('the page in browser mode', () => {
  it('takes the token out of the address at once and lets the browser in by a cookie', async () => {
    const entry = await fetch(host.url, { redirect: 'manual' })
    expect(entry.status).toBe(303)
    expect(entry.headers.get('location')).toBe('/')
    const page = await fetch(`${origin}/`, { headers: { cookie } })
    expect(await page.text()).toContain('<title>Attune</title>')
    expect(page.headers.get('content-security-policy')).toContain(`connect-src 'self' ws://127.0.0.1:${port}`)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['without a token', '/', {}, 401],
    ['with a wrong token', '/?token=guess', {}, 401],
    ['with a wrong cookie', '/', { cookie: 'attune-1=guess' }, 401],
    ['under another host name, as after DNS rebinding', '/', { host: 'evil.example' }, 403],
  ])('is refused %s', async (_name, path, headers, status) => {
    expect((await get(path, headers as Record<string, string>)).status).toBe(status)
  })

  it('serves nothing from outside its folder and takes no other method', async () => {
    expect((await get('/..%2f..%2fetc%2fpasswd', { cookie })).status).toBe(404)
    expect((await get('/none.js', { cookie })).status).toBe(404)
    expect((await get('/', { cookie }, 'POST')).status).toBe(405)
  })

  it('listens on the loopback interface only', async () => {
    await expect(
      new Promise((resolve, reject) => {
        // 127.0.0.2 is loopback too: a host bound to every address would answer there.
        connect(port, '127.0.0.2').on('connect', resolve).on('error', reject)
      }),
    ).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})

describe('the WebSocket in browser mode', () => {
  const good = () => ({ cookie, origin })

  it('answers requests by their id and forwards events', async () => {
    const socket = await openSocket(good())
    const answer = nextMessage(socket)
    socket.send(JSON.stringify({ id: 7, route: 'study.list', input: {} }))
    expect(await answer).toEqual({ id: 7, envelope: { ok: true, data: { route: 'study.list', input: {} } } })
    const event = nextMessage(socket)
    events.emit({ type: 'practice.progress', share: 0.25 })
    expect(await event).toEqual({ event: { type: 'practice.progress', share: 0.25 } })
    socket.terminate()
  })

  it.each([
    ['without a cookie', () => ({ origin })],
    ['from another site', () => ({ cookie, origin: 'http://evil.example' })],
    ['without an origin', () => ({ cookie })],
    ['under another host name', () => ({ cookie, origin, host: 'evil.example' })],
  ])('refuses a connection %s', async (_name, headers) => {
    await expect(openSocket(headers() as Record<string, string>)).rejects.toThrow('403')
  })

  it('refuses any other path', async () => {
    await expect(openSocket(good(), '/other')).rejects.toThrow('403')
  })

  it.each([
    ['no JSON', 'hello'],
    ['no request', '{"id":"x"}'],
    ['more than a megabyte', JSON.stringify({ id: 1, route: 'x'.repeat(1_100_000), input: {} })],
  ])('closes on %s and goes on serving others', async (_name, message) => {
    const [bad, other] = [await openSocket(good()), await openSocket(good())]
    const closed = new Promise<number>((resolve) => bad.on('close', resolve))
    bad.send(message)
    expect([1008, 1009]).toContain(await closed)
    const answer = nextMessage(other)
    other.send(JSON.stringify({ id: 1, route: 'study.list', input: {} }))
    expect(await answer).toMatchObject({ id: 1 })
    other.terminate()
  })

  it('admits only so many windows', async () => {
    const sockets: WebSocket[] = []
    while (sockets.length < 16) sockets.push(await openSocket(good()))
    await expect(openSocket(good())).rejects.toThrow('503')
    for (const socket of sockets) socket.terminate()
  })
})
