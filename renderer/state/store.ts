import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DaemonStatus } from '../../preload/contract/daemon.ts'
import type { ErrorReport } from '../../preload/contract/errors.ts'
import type { Statement } from '../../preload/contract/estimate.ts'
import type { GoalKind } from '../../preload/contract/goal.ts'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { Configuration } from '../../preload/contract/model.ts'
import type { RouteOutput } from '../../preload/contract/routes.ts'
import type { Settings } from '../../preload/contract/settings.ts'
import type { Study, StudyProgress } from '../../preload/contract/study.ts'
import type { ConnectionStatus } from '../connection/api.ts'
import { emptyDraft, type Draft } from './draft.ts'
import type { Location } from './location.ts'
import { loading, type Remote } from './remote.ts'

export interface Daemons {
  ollama: DaemonStatus
  builtIn: DaemonStatus
}

/** Progress with the moment it came, milliseconds since the epoch, from which the clock on screen goes on. */
export interface TimedProgress extends StudyProgress {
  receivedAt: number
}

/** What the user picked on the result of one study. */
export interface ResultPick {
  studyId: string
  /** Judge for this goal; null: the study's own. */
  goal: GoalKind | null
  /** Save this; null: what the report recommends. */
  configuration: Configuration | null
}

/** A tag that is being registered and measured. */
export interface Registration {
  studyId: string
  share: number
  activity: Statement
}

export interface AttuneState {
  connection: ConnectionStatus
  /** When the connection was lost, milliseconds since the epoch; null while it is there. */
  lostAt: number | null
  /** Goes up with every connection, so that whatever was asked over the old one is asked again. */
  connectionCount: number
  location: Location
  settings: Remote<Settings>
  machine: Remote<MachineProfile>
  daemons: Remote<Daemons>
  models: Remote<RouteOutput<'model.list'>>
  draft: Draft
  /** The study that runs or is paused in main. */
  activeStudyId: string | null
  /** The study on screen; meaningless on other pages. */
  openStudy: Remote<Study>
  /** Of the study on screen; null unless it is under way. Apart from it, as it changes with every answer measured. */
  progress: TimedProgress | null
  pick: ResultPick | null
  registration: Registration | null
  /** 0 to 1 while the practice model is being written. */
  practiceShare: number | null
  /** Why a file that was dropped on the window is no model. */
  dropError: ErrorReport | null
}

export type AttuneStore = StoreApi<AttuneState>

export function createAttuneStore(location: Location, draft = emptyDraft): AttuneStore {
  return createStore<AttuneState>(() => ({
    connection: 'connecting',
    lostAt: null,
    connectionCount: 0,
    location,
    settings: loading,
    machine: loading,
    daemons: loading,
    models: loading,
    draft,
    activeStudyId: null,
    openStudy: loading,
    progress: null,
    pick: null,
    registration: null,
    practiceShare: null,
    dropError: null,
  }))
}
