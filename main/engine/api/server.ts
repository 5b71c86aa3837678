import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createExchange, type Exchange } from './exchange.ts'

export type Route = (exchange: Exchange) => Promise<void> | void

/** Routes by path, then by method. */
export type Routes = Record<string, Partial<Record<string, Route>>>

/**
 * Serves the routes on 127.0.0.1 and tells the address. As in Ollama, a foreign Host or Origin gets an empty 403, so
 * that no web page can reach the engine, be it by DNS rebinding.
 */
export async function listen(routes: Routes): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => void answer(routes, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1' }, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { server, url: `http://127.0.0.1:${port}` }
}

async function answer(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const exchange = createExchange(request, response)
  if (!isLocal(request.headers.host, request.headers.origin)) return exchange.empty(403)
  const path = (request.url ?? '/').replace(/\?.*$/, '')
  const methods = Object.hasOwn(routes, path) ? routes[path] : undefined
  if (methods === undefined) return exchange.text(404, '404 page not found')
  const route = methods[request.method ?? 'GET']
  if (route === undefined) return exchange.text(405, '405 method not allowed')
  try {
    await route(exchange)
  } catch (error) {
    exchange.fail(error)
  }
}

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])

function isLocal(host: string | undefined, origin: string | undefined): boolean {
  return isLoopback(`http://${host ?? ''}`) && (origin === undefined || isLoopback(origin))
}

function isLoopback(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && loopbackHosts.has(url.hostname)
}
