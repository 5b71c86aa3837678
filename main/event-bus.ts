import type { AttuneEvent } from '../preload/contract/events.ts'

/** Carries events from where they happen to every open window. */
export interface EventBus {
  emit(event: AttuneEvent): void
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: AttuneEvent) => void): () => void
}

export function createEventBus(): EventBus {
  const listeners = new Set<(event: AttuneEvent) => void>()
  return {
    emit(event) {
      for (const listener of listeners) listener(event)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
