import type { LocalModel } from '../../preload/contract/model.ts'
import type { RouteInput } from '../../preload/contract/routes.ts'
import type { Transport } from '../connection/api.ts'
import { reportOf } from '../connection/request-error.ts'
import { applyEvent } from './apply-event.ts'
import { emptyDraft, isSameModel, type Draft } from './draft.ts'
import { createNavigation, type NavigationOptions } from './navigation.ts'
import { createRefresh } from './refresh.ts'
import { mapRemote, ready } from './remote.ts'
import type { ResultPick } from './store.ts'

export interface ActionOptions extends NavigationOptions {
  transport: Transport
}

export type Actions = ReturnType<typeof createActions>

/** Everything that changes the state, bound to one store. Call `begin` once. */
export function createActions(options: ActionOptions) {
  const { api, transport, store, now, unknownError } = options
  const { getState, setState } = store
  const refresh = createRefresh(api, store, unknownError)
  const { openStudy, goTo, findActiveStudy, followAddress } = createNavigation(options)

  function refreshEverything(): void {
    setState((state) => ({ connectionCount: state.connectionCount + 1 }))
    void refresh.refreshSettings()
    void refresh.refreshMachine()
    void refresh.refreshDaemons()
    void refresh.refreshModels()
    void findActiveStudy()
    const { location } = getState()
    if (location.page === 'study') void openStudy(location.id)
  }

  /** Connects the state to main and to the address bar. */
  const begin = () => {
    transport.subscribe((event) => {
      setState((state) => applyEvent(state, event, now()))
      // A daemon that came or went brings or takes its models.
      if (event.type === 'daemon.changed') void refresh.refreshModels()
    })
    followAddress()
    transport.watchStatus((connection) => {
      setState(({ lostAt }) => ({ connection, lostAt: connection === 'lost' ? (lostAt ?? now()) : null }))
      if (connection === 'online') refreshEverything()
    })
  }

  const changeDraft = (change: Partial<Draft>) => {
    setState((state) => ({ draft: { ...state.draft, ...change } }))
  }

  const addModel = (model: LocalModel) => {
    setState((state) => ({
      models: mapRemote(state.models, (list) => ({ ...list, models: withModel(list.models, model) })),
    }))
  }

  const startOllama = async () => {
    const ollama = await api['daemon.start']({})
    setState((state) => ({ daemons: mapRemote(state.daemons, (daemons) => ({ ...daemons, ollama })) }))
    await refresh.refreshModels()
  }

  /** Writes the practice model; the share written is in the state meanwhile. */
  const preparePractice = async () => {
    setState({ practiceShare: 0 })
    try {
      addModel(await api['model.preparePractice']({}))
    } finally {
      setState({ practiceShare: null })
    }
  }

  const openModelFile = async (path: string) => {
    setState({ dropError: null })
    const model = await api['model.openFile']({ path })
    addModel(model)
    changeDraft({ model: model.ref })
  }

  /** A file that was dropped on the window: the step of models shows it selected, or says why it cannot be. */
  const openDroppedFile = async (path: string) => {
    goTo({ page: 'new', step: 'model' })
    try {
      await openModelFile(path)
    } catch (error) {
      setState({ dropError: reportOf(error, unknownError) })
    }
  }

  const startStudy = async (request: RouteInput<'study.start'>) => {
    const { id } = await api['study.start'](request)
    setState({ activeStudyId: id, draft: emptyDraft })
    goTo({ page: 'study', id, step: null })
  }

  const changePick = (studyId: string, change: Partial<Omit<ResultPick, 'studyId'>>) => {
    setState(({ pick }) => {
      const known = pick?.studyId === studyId ? pick : { studyId, goal: null, configuration: null }
      return { pick: { ...known, ...change } }
    })
  }

  const register = async (input: RouteInput<'save.register'>) => {
    try {
      await api['save.register'](input)
      await openStudy(input.id)
    } finally {
      setState({ registration: null })
    }
  }

  const undo = async (input: RouteInput<'save.undo'>) => {
    await api['save.undo'](input)
    await openStudy(input.id)
  }

  // Light or dark shows at once, and goes back where main cannot keep it; the rest shows when main has taken it.
  const changeSettings = async (change: RouteInput<'settings.set'>) => {
    const { settings: before } = getState()
    const { colorScheme } = change
    if (colorScheme) setState({ settings: mapRemote(before, (known) => ({ ...known, colorScheme })) })
    try {
      setState({ settings: ready(await api['settings.set'](change)) })
    } catch (error) {
      setState({ settings: before })
      throw error
    }
    if (change.ollamaUrl !== undefined) await Promise.all([refresh.refreshDaemons(), refresh.refreshModels()])
  }

  return {
    ...refresh,
    begin,
    reconnect: () => transport.reconnect(),
    goTo,
    openStudy,
    changeDraft,
    startOllama,
    preparePractice,
    openModelFile,
    openDroppedFile,
    startStudy,
    changePick,
    register,
    undo,
    changeSettings,
  }
}

/** The list with this model in the place of its older self, or at the end. */
function withModel(models: readonly LocalModel[], model: LocalModel): LocalModel[] {
  const isKnown = models.some((known) => isSameModel(known.ref, model.ref))
  if (!isKnown) return [...models, model]
  return models.map((known) => (isSameModel(known.ref, model.ref) ? model : known))
}
