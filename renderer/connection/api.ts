import type { AttuneEvent } from '../../preload/contract/events.ts'
import type { Api, Envelope, RouteName } from '../../preload/contract/routes.ts'
import { RequestError } from './request-error.ts'

/** `lost`: the connection broke and is being tried again. */
export type ConnectionStatus = 'connecting' | 'online' | 'lost'

/** How requests reach main and events come back: Electron's bridge, a WebSocket, or a test's own. */
export interface Transport {
  request(route: RouteName, input: unknown): Promise<Envelope<unknown>>
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: AttuneEvent) => void): () => void
  /** Calls the listener with the present status at once and with every later one. */
  watchStatus(listener: (status: ConnectionStatus) => void): () => void
  /** Tries a lost connection again now rather than after its pause. Resolves with whether it is there. */
  reconnect(): Promise<boolean>
}

/**
 * The typed client over a transport. Route names are not listed here: the contract's map of them is a value of
 * main's, and only its types come this way.
 */
export function createApi(transport: Transport): Api {
  const call = async (route: RouteName, input: unknown): Promise<unknown> => {
    const envelope = await transport.request(route, input)
    if (envelope.ok) return envelope.data
    throw new RequestError(envelope.error)
  }
  return new Proxy({} as Api, {
    get: (_, route: string) => (input: unknown) => call(route as RouteName, input),
  })
}
