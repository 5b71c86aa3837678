import type { ErrorReport } from '../../preload/contract/errors.ts'

/** Something that is asked of main. A value once there stays visible while it is asked for again. */
export type Remote<T> =
  { kind: 'loading' } | { kind: 'ready'; value: T; isRefreshing: boolean } | { kind: 'failed'; error: ErrorReport }

export const loading: Remote<never> = { kind: 'loading' }

export function ready<T>(value: T): Remote<T> {
  return { kind: 'ready', value, isRefreshing: false }
}

/** The state while it is asked for again: the old value stays, an error goes. */
export function refreshing<T>(remote: Remote<T>): Remote<T> {
  return remote.kind === 'ready' ? { ...remote, isRefreshing: true } : loading
}

export function mapRemote<T>(remote: Remote<T>, change: (value: T) => T): Remote<T> {
  return remote.kind === 'ready' ? { ...remote, value: change(remote.value) } : remote
}

export function valueOf<T>(remote: Remote<T>): T | null {
  return remote.kind === 'ready' ? remote.value : null
}
