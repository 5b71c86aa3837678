import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createEventBus } from '../../../main/event-bus.ts'
import { startWebHost, type WebHost } from '../../../main/shells/web/host.ts'

const events = createEventBus()
let host: WebHost
let folder = ''
let port = 0
let cookie = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attune-attacks-'))
  await writeFile(join(folder, 'index.html'), '<title>Attune</title>')
  host = await startWebHost({
    router: { handle: async () => ({ ok: true, data: {} }) },
    events,
    language: () => 'en',
    rendererFolder: folder,
    preferredPort: 0,
    patienceSeconds: 0.5,
  })
  port = Number(new URL(host.url).port)
  const entry = await fetch(host.url, { redirect: 'manual' })
  cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? ''
})
afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true, force: true })
})

/** Resolves with the status once the page is served to a person again. */
async function statusOfPage(): Promise<number> {
  return (await fetch(`http://127.0.0.1:${port}/`, { headers: { cookie } })).status
}

function openRaw(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(socket)).once('error', reject)
  })
}

const closed = (socket: Socket) =>
  new Promise<void>((resolve) => {
    if (socket.destroyed) resolve()
    socket.on('error', () => undefined).once('close', () => resolve())
    socket.resume()
  })

describe('another program on this computer', () => {
  it('cannot hold the host up by requests that never end', async () => {
    const [silent, slow] = [await openRaw(), await openRaw()]
    slow.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ')
    const dripping = setInterval(() => slow.write('a'), 50)
    await Promise.all([closed(silent), closed(slow)])
    clearInterval(dripping)
    expect(await statusOfPage()).toBe(200)
  })

  it('cannot make it read a hundred megabytes', async () => {
    const sent = await new Promise<{ status: number | undefined; bytes: number }>((resolve) => {
      const megabyte = Buffer.alloc(1024 * 1024)
      let megabytes = 0
      let status: number | undefined
      const attack = httpRequest({
        host: '127.0.0.1',
        port,
        method: 'POST',
        headers: { cookie, 'content-length': 100 * megabyte.length },
      })
      const send = () => {
        while (megabytes < 100 && !attack.destroyed) {
          megabytes++
          if (!attack.write(megabyte)) return
        }
      }
      attack.on('response', (response) => {
        status = response.statusCode
        response.resume()
      })
      attack.on('error', () => undefined)
      attack.on('close', () => resolve({ status, bytes: attack.socket?.bytesWritten ?? 0 }))
      attack.on('drain', send)
      send()
    })
    // The answer may be lost where the connection is cut while the other side still writes.
    expect([413, undefined]).toContain(sent.status)
    expect(sent.bytes).toBeLessThan(32 * 1024 * 1024)
    expect(await statusOfPage()).toBe(200)
  })

  it('cannot keep a person out for long with a thousand connections', async () => {
    const attempts = Array.from({ length: 1000 }, () => openRaw().then(closed, () => undefined))
    await Promise.all(attempts)
    expect(await statusOfPage()).toBe(200)
  })

  it('learns nothing from what it is refused with', async () => {
    for (const path of ['/', '/?token=guess', '/index.html', '/ws']) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`)
      expect(response.status).toBe(401)
      expect(response.headers.get('set-cookie')).toBeNull()
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(await response.text()).not.toContain(new URL(host.url).searchParams.get('token'))
    }
  })
})

describe('the token', () => {
  it('is in the first address only: the page comes from one without it, to which no Referer leads back', async () => {
    const page = await fetch(host.url, { redirect: 'manual' })
    expect(page.status).toBe(303)
    expect(page.headers.get('location')).toBe('/')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/)
  })
})

describe('a tab that a browser has put to sleep', () => {
  it('is let go before what it does not read fills the memory', async () => {
    const origin = `http://127.0.0.1:${port}`
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { headers: { cookie, origin } })
    await new Promise((resolve) => socket.once('open', resolve))
    socket.pause()
    const gone = new Promise((resolve) => socket.once('close', resolve))
    const text = 'x'.repeat(1024 * 1024)
    const activity = { code: 'x', values: {}, text }
    for (let i = 0; i < 40; i++) {
      events.emit({ type: 'register.progress', id: 'study-0001', share: 0, activity })
      await new Promise((resolve) => setImmediate(resolve))
    }
    socket.resume()
    await gone
    expect(await statusOfPage()).toBe(200)
  })
})
