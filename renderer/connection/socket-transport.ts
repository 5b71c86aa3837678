import type { ErrorReport } from '../../preload/contract/errors.ts'
import type { AttuneEvent } from '../../preload/contract/events.ts'
import type { Envelope } from '../../preload/contract/routes.ts'
import type { ConnectionStatus, Transport } from './api.ts'

/** What a connection being opened tells. */
export interface SocketHandlers {
  opened: () => void
  received: (text: string) => void
  /** Also called when it never opened. */
  closed: () => void
}

export interface Socket {
  send(text: string): void
}

export interface SocketTransportOptions {
  openSocket: (handlers: SocketHandlers) => Socket
  /** Runs the task after so many milliseconds. Returns the function that calls it off. */
  schedule: (delayMilliseconds: number, task: () => void) => () => void
  /** 0 to 1; spreads the attempts of several windows. */
  random: () => number
  /** What a request that was under way when the connection broke is answered with. */
  lost: ErrorReport
}

interface PendingRequest {
  text: string
  isSent: boolean
  answer: (envelope: Envelope<unknown>) => void
}

type Incoming = { event: AttuneEvent } | { id: number; envelope: Envelope<unknown> }

const firstDelayMilliseconds = 500
const longestDelayMilliseconds = 8_000

/**
 * Requests and events over one WebSocket, which is opened again with growing pauses whenever it breaks. A request
 * made meanwhile waits for the next connection; one that was already sent fails, as nobody knows how far it came.
 */
export function createSocketTransport({ openSocket, schedule, random, lost }: SocketTransportOptions): Transport {
  const eventListeners = new Set<(event: AttuneEvent) => void>()
  const statusListeners = new Set<(status: ConnectionStatus) => void>()
  const pending = new Map<number, PendingRequest>()
  let status: ConnectionStatus = 'connecting'
  let socket: Socket | null = null
  let attempt = 0
  /** Calls off the attempt that is to come; null while one is under way or has succeeded. */
  let callOff: (() => void) | null = null
  let lastId = 0

  const setStatus = (next: ConnectionStatus) => {
    status = next
    for (const listener of statusListeners) listener(next)
  }

  const sendWaiting = (open: Socket) => {
    for (const request of pending.values()) {
      if (request.isSent) continue
      request.isSent = true
      open.send(request.text)
    }
  }

  const failSent = () => {
    for (const [id, request] of pending) {
      if (!request.isSent) continue
      pending.delete(id)
      request.answer({ ok: false, error: lost })
    }
  }

  const receive = (message: Incoming) => {
    if ('event' in message) {
      for (const listener of eventListeners) listener(message.event)
      return
    }
    pending.get(message.id)?.answer(message.envelope)
    pending.delete(message.id)
  }

  /** Resolves with whether the connection came about. */
  const connect = () =>
    new Promise<boolean>((settle) => {
      callOff = null
      const opening = openSocket({
        opened() {
          attempt = 0
          socket = opening
          setStatus('online')
          sendWaiting(opening)
          settle(true)
        },
        received: (text) => receive(JSON.parse(text) as Incoming),
        closed() {
          socket = null
          failSent()
          setStatus('lost')
          callOff = schedule(reconnectDelay(attempt++, random()), again)
          settle(false)
        },
      })
    })
  let latest = connect()
  const again = () => {
    latest = connect()
  }

  return {
    request: (route, input) =>
      new Promise((answer) => {
        const id = ++lastId
        pending.set(id, { text: JSON.stringify({ id, route, input }), isSent: false, answer })
        if (socket !== null) sendWaiting(socket)
      }),
    subscribe(listener) {
      eventListeners.add(listener)
      return () => eventListeners.delete(listener)
    },
    watchStatus(listener) {
      statusListeners.add(listener)
      listener(status)
      return () => statusListeners.delete(listener)
    },
    reconnect() {
      if (callOff !== null) {
        callOff()
        again()
      }
      return latest
    },
  }
}

/** Milliseconds before the next attempt: doubling from half a second to eight, a quarter more or less by chance. */
export function reconnectDelay(attempt: number, random: number): number {
  const delay = Math.min(longestDelayMilliseconds, firstDelayMilliseconds * 2 ** attempt)
  return delay * (0.75 + random / 2)
}
