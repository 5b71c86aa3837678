import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Language } from '../../../preload/contract/settings.ts'
import type { EventBus } from '../../event-bus.ts'
import type { Router } from '../../router.ts'
import { readAsset } from '../renderer-assets.ts'
import { contentSecurityPolicy } from '../security-policy.ts'
import { createAccessPolicy, type AccessPolicy } from './access-policy.ts'
import { attachSocket } from './socket.ts'

export interface WebHost {
  /** Address with the token: whoever has it is let in. */
  readonly url: string
  close(): Promise<void>
}

export interface WebHostOptions {
  router: Router
  events: EventBus
  /** In which the page is served now. */
  language: () => Language
  /** Folder of the built renderer. */
  rendererFolder: string
  /** Tried first; any free port is taken if it is in use. */
  preferredPort: number
  /** So long may a request take to arrive; a page asks at once. */
  patienceSeconds?: number
}

/** Serves the window's page and its WebSocket on the loopback interface, to holders of the token only. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const token = randomBytes(24).toString('base64url')
  const patienceMilliseconds = (options.patienceSeconds ?? 10) * 1000
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: patienceMilliseconds,
    requestTimeout: patienceMilliseconds,
    // Node looks for slow ones every half minute unless told otherwise.
    connectionsCheckingInterval: patienceMilliseconds / 10,
  })
  server.maxConnections = 64
  const port = await listen(server, options.preferredPort)
  const policy = createAccessPolicy({ port, token })
  server.on('request', (request, response) => {
    serve(request, response, policy, port, options).catch(() => {
      // The answer's head may be out already; there is nothing more to tell the browser then.
      if (!response.headersSent) answer(response, 500, 'The page could not be read.')
      else response.destroy()
    })
  })
  const detach = attachSocket({ server, policy, router: options.router, events: options.events })
  return {
    url: `http://127.0.0.1:${port}/?token=${token}`,
    async close() {
      detach()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

async function listen(server: Server, preferredPort: number): Promise<number> {
  for (const port of [preferredPort, 0]) {
    const bound = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
        else reject(error)
      })
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    server.removeAllListeners('error')
    const address = server.address()
    if (bound && typeof address === 'object' && address !== null) return address.port
  }
  throw new AttuneError({
    code: 'internal',
    message: 'No port on this computer could be opened for the window.',
    hint: 'Close other programs or allow Attune to open local ports, then start it again.',
  })
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  policy: AccessPolicy,
  port: number,
  { rendererFolder, language }: WebHostOptions,
): Promise<void> {
  if (!policy.allowsHost(request.headers.host)) return answer(response, 403, 'This address is not served here.')
  if (hasBody(request)) {
    // What comes is not read, however much it is.
    response.once('finish', () => request.destroy())
    return answer(response, 413, 'Nothing is taken here.')
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, 'Only GET is served here.')
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
  if (policy.allowsToken(url.searchParams.get('token'))) {
    // The token leaves the address bar, the history and every later Referer at once.
    response.writeHead(303, { Location: '/', 'Set-Cookie': policy.cookie(), ...safetyHeaders }).end()
    return
  }
  if (!policy.allowsToken(policy.tokenFromCookies(request.headers.cookie))) {
    return answer(response, 401, 'Attune is running here. Open the address that it printed when it was started.')
  }
  const nonce = randomBytes(16).toString('base64')
  const asset = await readAsset(rendererFolder, url.pathname, { nonce, language: language() })
  if (asset === null) return answer(response, 404, 'There is no such page.')
  const isPage = asset.mimeType.startsWith('text/html')
  response.writeHead(200, {
    'Content-Type': asset.mimeType,
    'Content-Length': asset.body.byteLength,
    // Built assets carry a hash in their names; the page itself must always be fresh, as its nonce is.
    'Cache-Control': isPage ? 'no-store' : 'private, max-age=31536000, immutable',
    'Content-Security-Policy': contentSecurityPolicy(nonce, ["'self'", `ws://${request.headers.host}`]),
    ...safetyHeaders,
  })
  response.end(request.method === 'HEAD' ? undefined : asset.body)
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

const safetyHeaders = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...safetyHeaders }).end(`${text}\n`)
}
