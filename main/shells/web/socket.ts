import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { z } from 'zod'
import type { EventBus } from '../../event-bus.ts'
import type { Router } from '../../router.ts'
import type { AccessPolicy } from './access-policy.ts'

const maximumMessageBytes = 1024 * 1024
const maximumWindows = 16
/** A tab that the browser has put to sleep reads nothing; it connects anew and asks for everything when it wakes. */
const maximumUnreadBytes = 4 * 1024 * 1024

const requestSchema = z.object({ id: z.number().int().nonnegative(), route: z.string(), input: z.unknown() })

interface SocketOptions {
  server: Server
  policy: AccessPolicy
  router: Router
  events: EventBus
}

/**
 * Carries the contract over one WebSocket at `/ws`: `{id, route, input}` is answered by `{id, envelope}`, events
 * come as `{event}`. Returns the function that closes every window's connection.
 */
export function attachSocket({ server, policy, router, events }: SocketOptions): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maximumMessageBytes, perMessageDeflate: false })

  server.on('upgrade', (request, stream, head) => {
    const admitted =
      request.url === '/ws' &&
      policy.allowsHost(request.headers.host) &&
      policy.allowsOrigin(request.headers.origin) &&
      policy.allowsToken(policy.tokenFromCookies(request.headers.cookie))
    if (!admitted) return refuse(stream, '403 Forbidden')
    if (sockets.clients.size >= maximumWindows) return refuse(stream, '503 Service Unavailable')
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request))
  })

  sockets.on('connection', (socket: WebSocket) => {
    const unsubscribe = events.subscribe((event) => {
      if (socket.bufferedAmount > maximumUnreadBytes) socket.terminate()
      else socket.send(JSON.stringify({ event }))
    })
    socket.on('close', unsubscribe)
    // A broken connection also closes, which is where it is cleaned up.
    socket.on('error', () => socket.terminate())
    socket.on('message', (data, isBinary) => {
      // The library hands whole messages over as one Buffer unless told otherwise.
      const request = isBinary || !Buffer.isBuffer(data) ? null : parseRequest(data.toString('utf8'))
      if (request === null) return socket.close(1008, 'Not a request')
      void router.handle(request.route, request.input).then((envelope) => {
        socket.send(JSON.stringify({ id: request.id, envelope }))
      })
    })
  })

  return () => {
    for (const socket of sockets.clients) socket.close(1001, 'Attune is closing')
    sockets.close()
  }
}

function parseRequest(text: string): z.infer<typeof requestSchema> | null {
  try {
    return requestSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
