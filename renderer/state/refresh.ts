import type { ErrorReport } from '../../preload/contract/errors.ts'
import type { Api } from '../../preload/contract/routes.ts'
import { reportOf } from '../connection/request-error.ts'
import { ready, refreshing, type Remote } from './remote.ts'
import type { AttuneState, AttuneStore } from './store.ts'

/** What is asked at the start, after a reconnection and on demand, and remembered for every page. */
type Remembered = 'settings' | 'machine' | 'daemons' | 'models'

type ValueOf<R> = R extends Remote<infer T> ? T : never

/** Functions that ask main again and put the answer into the state. An error becomes a state: none rejects. */
export function createRefresh(api: Api, { setState }: AttuneStore, unknownError: ErrorReport) {
  async function remember<K extends Remembered>(key: K, ask: () => Promise<ValueOf<AttuneState[K]>>): Promise<void> {
    setState((state) => ({ ...state, [key]: refreshing<unknown>(state[key]) }))
    try {
      const value = await ask()
      setState((state) => ({ ...state, [key]: ready(value) }))
    } catch (error) {
      setState((state) => ({ ...state, [key]: { kind: 'failed', error: reportOf(error, unknownError) } }))
    }
  }
  return {
    refreshSettings: () => remember('settings', () => api['settings.get']({})),
    refreshMachine: () => remember('machine', () => api['machine.profile']({})),
    refreshDaemons: () => remember('daemons', () => api['daemon.status']({})),
    refreshModels: () => remember('models', () => api['model.list']({})),
  }
}
