import { Agent, fetch as undiciFetch } from 'undici'
import type { Fetch } from './call.ts'

/**
 * A fetch for daemons. Node's own gives up after five minutes without headers or body, yet loading a large model
 * from a slow disk may take longer. Every request has a connection of its own: a daemon may be restarted at any
 * moment, and an aborted request must reach it as a closed connection. Proxies in the environment are not used.
 */
export function createDaemonFetch(): Fetch {
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0, pipelining: 0, connect: { timeout: 10_000 } })
  // undici's own types and those that Node carries describe the same objects.
  const fetch = undiciFetch as unknown as (input: Parameters<Fetch>[0], init: object) => ReturnType<Fetch>
  return (input, init) => fetch(input, { ...init, dispatcher })
}
