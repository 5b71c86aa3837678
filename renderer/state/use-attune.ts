import { createContext, useCallback, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { ErrorReport } from '../../preload/contract/errors.ts'
import type { Api } from '../../preload/contract/routes.ts'
import { useText } from '../text/use-text.ts'
import type { Actions } from './actions.ts'
import { loading, ready, refreshing, type Remote } from './remote.ts'
import { reportOf } from '../connection/request-error.ts'
import type { AttuneState, AttuneStore } from './store.ts'

export interface AttuneContextValue {
  store: AttuneStore
  api: Api
  actions: Actions
  /** Where a chosen file lies; null in a browser, which does not tell. */
  pathOf: ((file: File) => string) | null
}

export const AttuneContext = createContext<AttuneContextValue | null>(null)

function useAttuneContext(): AttuneContextValue {
  const value = useContext(AttuneContext)
  if (value === null) throw new Error('There is no AttuneContext around this component')
  return value
}

/** A part of the state; the component renders again when that part changes. */
export function useAttune<T>(select: (state: AttuneState) => T): T {
  return useStore(useAttuneContext().store, select)
}

export function useActions(): Actions {
  return useAttuneContext().actions
}

export function usePathOf(): AttuneContextValue['pathOf'] {
  return useAttuneContext().pathOf
}

/**
 * Asks main for something that only one component shows. Asked again when `key` changes and after a reconnection.
 * A null key asks for nothing and stays loading.
 */
export function useRequest<T>(
  key: string | null,
  ask: (api: Api) => Promise<T>,
): { answer: Remote<T>; retry: () => void } {
  const { api } = useAttuneContext()
  const { words } = useText()
  const connectionCount = useAttune((state) => state.connectionCount)
  const [answer, setAnswer] = useState<Remote<T>>(loading)
  const [attempt, setAttempt] = useState(0)
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  useEffect(() => {
    if (key === null) return
    let isCurrent = true
    const settle = (next: Remote<T>) => {
      if (isCurrent) setAnswer(next)
    }
    setAnswer(refreshing)
    ask(api).then(
      (value) => settle(ready(value)),
      (error: unknown) => settle({ kind: 'failed', error: reportOf(error, words.errors.unknown) }),
    )
    return () => {
      isCurrent = false
    }
    // `ask` is a new function at every render; `key` stands for what it asks.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [api, key, attempt, connectionCount])
  return { answer, retry }
}

/** Something that a button does: whether it is being done and what went wrong last time. */
export interface Deed<A extends unknown[]> {
  run: (...args: A) => void
  isRunning: boolean
  error: ErrorReport | null
}

/** Wraps a request made by a button, so that no error is lost and nothing is sent twice. */
export function useDeed<A extends unknown[]>(perform: (api: Api, ...args: A) => Promise<unknown>): Deed<A> {
  const { api } = useAttuneContext()
  const { words } = useText()
  const [isRunning, setRunning] = useState(false)
  const [error, setError] = useState<ErrorReport | null>(null)
  return {
    isRunning,
    error,
    run: (...args) => {
      if (isRunning) return
      setRunning(true)
      setError(null)
      perform(api, ...args)
        .catch((thrown: unknown) => setError(reportOf(thrown, words.errors.unknown)))
        .finally(() => setRunning(false))
    },
  }
}
