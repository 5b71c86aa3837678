import { describe, expect, it } from 'vitest'
import type { ConnectionStatus } from '../../../renderer/connection/api.ts'
import {
  createSocketTransport,
  reconnectDelay,
  type SocketHandlers,
} from '../../../renderer/connection/socket-transport.ts'

/** Sockets that do what the test says, and the timers that would open the next one. */
function scriptedSockets() {
  const opened: { handlers: SocketHandlers; sent: { id: number; route: string; input: unknown }[] }[] = []
  const timers: { delay: number; task: () => void; isCalledOff: boolean }[] = []
  const transport = createSocketTransport({
    openSocket: (handlers) => {
      const sent: { id: number; route: string; input: unknown }[] = []
      opened.push({ handlers, sent })
      return { send: (text) => sent.push(JSON.parse(text)) }
    },
    schedule: (delay, task) => {
      const timer = { delay, task, isCalledOff: false }
      timers.push(timer)
      return () => (timer.isCalledOff = true)
    },
    random: () => 0.5,
    lost: { code: 'internal', message: 'lost', hint: 'wait' },
  })
  const socket = (index: number) => {
    const found = opened[index]
    if (!found) throw new Error(`No socket ${index} was opened`)
    return found
  }
  const statuses: ConnectionStatus[] = []
  transport.watchStatus((status) => statuses.push(status))
  return { transport, socket, opened, timers, statuses }
}

describe('the WebSocket transport', () => {
  it('holds requests until the connection is there and answers each by its id', async () => {
    const { transport, socket } = scriptedSockets()
    const first = transport.request('settings.get', {})
    const second = transport.request('study.get', { id: 'study-0001' })
    expect(socket(0).sent).toEqual([])

    socket(0).handlers.opened()
    const [one, two] = socket(0).sent
    expect([one?.route, two?.route]).toEqual(['settings.get', 'study.get'])
    expect(two?.input).toEqual({ id: 'study-0001' })

    socket(0).handlers.received(JSON.stringify({ id: two?.id, envelope: { ok: true, data: 'two' } }))
    socket(0).handlers.received(JSON.stringify({ id: one?.id, envelope: { ok: true, data: 'one' } }))
    expect(await first).toEqual({ ok: true, data: 'one' })
    expect(await second).toEqual({ ok: true, data: 'two' })
  })

  it('fails what was under way when the connection breaks, and keeps what was not yet sent', async () => {
    const { transport, socket, timers } = scriptedSockets()
    socket(0).handlers.opened()
    const underWay = transport.request('settings.get', {})
    socket(0).handlers.closed()
    const waiting = transport.request('machine.profile', {})
    expect(await underWay).toEqual({ ok: false, error: { code: 'internal', message: 'lost', hint: 'wait' } })

    timers[0]?.task()
    socket(1).handlers.opened()
    expect(socket(1).sent.map(({ route }) => route)).toEqual(['machine.profile'])
    socket(1).handlers.received(JSON.stringify({ id: socket(1).sent[0]?.id, envelope: { ok: true, data: 3 } }))
    expect(await waiting).toEqual({ ok: true, data: 3 })
  })

  it('tells of losing the connection and of having it back', () => {
    const { socket, timers, statuses } = scriptedSockets()
    socket(0).handlers.opened()
    socket(0).handlers.closed()
    timers[0]?.task()
    socket(1).handlers.opened()
    expect(statuses).toEqual(['connecting', 'online', 'lost', 'online'])
  })

  it('waits longer after every failed attempt and starts over after a success', () => {
    const { socket, timers } = scriptedSockets()
    for (const index of [0, 1, 2]) {
      socket(index).handlers.closed()
      timers[index]?.task()
    }
    socket(3).handlers.opened()
    socket(3).handlers.closed()
    expect(timers.map(({ delay }) => delay)).toEqual([500, 1000, 2000, 500])
  })

  it('tries at once when it is asked to, and says whether it worked', async () => {
    const { transport, socket, opened, timers, statuses } = scriptedSockets()
    socket(0).handlers.opened()
    expect(await transport.reconnect()).toBe(true)
    expect(opened).toHaveLength(1)

    socket(0).handlers.closed()
    const inVain = transport.reconnect()
    expect(timers[0]?.isCalledOff).toBe(true)
    expect(transport.reconnect()).toBe(inVain)
    socket(1).handlers.closed()
    expect(await inVain).toBe(false)

    const again = transport.reconnect()
    socket(2).handlers.opened()
    expect(await again).toBe(true)
    expect(statuses).toEqual(['connecting', 'online', 'lost', 'lost', 'online'])
  })

  it('hands events to every listener until it is taken off', () => {
    const { transport, socket } = scriptedSockets()
    const heard: string[] = []
    const stop = transport.subscribe((event) => heard.push(event.type))
    const message = JSON.stringify({ event: { type: 'practice.progress', share: 0.5 } })
    socket(0).handlers.received(message)
    stop()
    socket(0).handlers.received(message)
    expect(heard).toEqual(['practice.progress'])
  })

  it('ignores an answer that nobody waits for', () => {
    const { socket } = scriptedSockets()
    expect(() => socket(0).handlers.received(JSON.stringify({ id: 99, envelope: { ok: true, data: 1 } }))).not.toThrow()
  })
})

describe('the pause before reconnecting', () => {
  it('never exceeds ten seconds, however long the host is away', () => {
    expect(reconnectDelay(50, 1)).toBe(10_000)
    expect(reconnectDelay(50, 0)).toBe(6_000)
  })
})
