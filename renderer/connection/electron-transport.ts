import type { AttuneEvent } from '../../preload/contract/events.ts'
import type { Envelope, RouteName } from '../../preload/contract/routes.ts'
import type { Transport } from './api.ts'

/** What the preload exposes to the page as `window.attune`. */
export interface Bridge {
  request(route: RouteName, input: unknown): Promise<Envelope<unknown>>
  subscribe(listener: (event: AttuneEvent) => void): () => void
  /** Where a file lies that the person chose or dropped. */
  pathOf(file: File): string
}

declare global {
  interface Window {
    readonly attune?: Bridge
  }
}

/** The window's bridge as a transport. It lives as long as the window does, so it is always online. */
export function createElectronTransport(bridge: Bridge): Transport {
  return {
    request: (route, input) => bridge.request(route, input),
    subscribe: (listener) => bridge.subscribe(listener),
    watchStatus(listener) {
      listener('online')
      return () => undefined
    },
    reconnect: () => Promise.resolve(true),
  }
}
