import { AttuneError } from '../../preload/contract/errors.ts'
import type { AttuneEvent } from '../../preload/contract/events.ts'
import type { GoalKind, StudyRequest } from '../../preload/contract/goal.ts'
import type { Plan } from '../../preload/contract/plan.ts'
import type { Report, Study, StudyProgress, StudySummary } from '../../preload/contract/study.ts'
import type { Clock } from '../ollama/clock.ts'
import type { StudyLock } from '../store/study-lock.ts'
import type { StudyStore } from '../store/study-store.ts'
import { say } from '../words/say.ts'
import { openOwnDaemon } from './own-daemon.ts'
import {
  digestOf,
  newStudy,
  planFor,
  prepare,
  type ComputerTools,
  type DaemonPlace,
  type StudyDaemon,
} from './prepare.ts'
import { reportFor } from './report/report.ts'
import { beginSession, type Session } from './run/session.ts'
import { createSavingService, type SavingService } from './save/saving-service.ts'
import { transition, type StudyAction, type Undated } from './transitions.ts'

export interface StudyServiceDependencies {
  store: StudyStore
  /** Rejects with `studyRunning` while any process holds the lock of this daemon. */
  acquireLock: (daemonUrl: string) => Promise<StudyLock>
  daemonFor: (place: DaemonPlace) => Promise<StudyDaemon>
  computer: ComputerTools
  /** Monotonic. */
  clock: Clock
  /** Wall clock. */
  now: () => Date
  /** Uniform on [0, 1), not seeded. */
  random: () => number
  emit: (event: AttuneEvent) => void
  /** Told of errors that nobody awaits and that are defects. */
  reportBug: (error: unknown) => void
}

/** Studies as the window and the command line see them. All functions reject with `AttuneError`. */
export interface StudyService extends SavingService {
  plan(request: StudyRequest): Promise<Plan>
  start(request: StudyRequest): Promise<{ id: string }>
  /** Resolves once the study rests: the running trial is cut off and will be run anew. */
  pause(id: string): Promise<void>
  resume(id: string): Promise<void>
  skipTrial(id: string): Promise<void>
  /** Resolves once the study has ended and its report is saved. */
  stop(id: string): Promise<void>
  list(): Promise<StudySummary[]>
  get(id: string): Promise<{ study: Study; progress: StudyProgress | null }>
  /** The study that runs or is paused here, or that was left unfinished last time. */
  current(): { id: string | null }
  delete(id: string): Promise<void>
  rescore(id: string, goal: GoalKind): Promise<Report>
  /** Marks studies of processes that are gone as `interrupted`. To be called once at start. */
  recover(): Promise<void>
  /** Pauses what runs, so that it can be resumed. To be called before the program ends. */
  close(): Promise<void>
}

/**
 * One study at a time: in this process altogether, as two would disturb each other whatever their daemons, and for
 * each daemon over all processes, by a lock file.
 */
export function createStudyService(dependencies: StudyServiceDependencies): StudyService {
  const { store, acquireLock, daemonFor, computer, now, random, emit, reportBug } = dependencies
  let active: { session: Session; isOver: Promise<void> } | null = null
  let pausedId: string | null = null
  let isBusy = false
  const closing = new AbortController()

  const at = () => now().toISOString()
  const running = (id: string) => (active?.session.id === id ? active : null)
  const read = async (id: string) => running(id)?.session.study ?? (await store.get(id))

  /** A study is told to have ended a moment before it has tidied up; whoever comes in between waits for that. */
  async function restingSession(): Promise<void> {
    if (active && active.session.study.state !== 'running') await active.isOver
  }

  function requireRunning(id: string) {
    const sitting = running(id)
    if (sitting) return sitting
    throw notRunning()
  }

  async function commit(study: Study, action: Undated<StudyAction>): Promise<Study> {
    const next = transition(study, { ...action, at: at() })
    await store.save(next)
    emit({ type: 'study.changed', study: next })
    return next
  }

  /** Does something that needs the daemon to itself; the lock is handed to whoever takes it. */
  async function withLock<T>(
    place: DaemonPlace,
    work: (target: StudyDaemon, lock: StudyLock) => Promise<T>,
  ): Promise<T> {
    await restingSession()
    if (isBusy || active !== null) throw alreadyRunning()
    isBusy = true
    try {
      const target = await daemonFor(place)
      const lock = await acquireLock(lockAddress(target.daemon))
      try {
        return await work(target, lock)
      } catch (error) {
        await lock.release()
        throw error
      }
    } finally {
      isBusy = false
    }
  }

  /** Saves a study that is to run, and sets it going. */
  async function begin(study: Study, target: StudyDaemon, lock: StudyLock): Promise<void> {
    const own = await openOwnDaemon(study, target)
    try {
      await store.save(study)
    } catch (error) {
      await own?.close()
      throw error
    }
    pausedId = null
    emit({ type: 'study.changed', study })
    const session = beginSession(study, { ...dependencies, target, own, save: (state) => store.save(state) })
    const isOver = session.ended
      .then(async () => {
        if (session.study.state === 'paused') pausedId = session.id
        await lock.release()
      })
      .catch(reportBug)
      .finally(() => (active = null))
    active = { session, isOver }
  }

  /** A study as it rests on disk; one that seems to run belongs to a process that is gone, as we hold its lock. */
  async function atRest(id: string): Promise<Study> {
    const study = await store.get(id)
    if (study.state !== 'running') return study
    return commit(study, { type: 'interrupted', message: say({ code: 'study.cutOff', values: {} }).text })
  }

  const saving = createSavingService({ ...dependencies, read, commit, withLock, closing: closing.signal })

  return {
    ...saving,

    async plan(request) {
      const target = await daemonFor({ kind: request.model.daemon })
      const preparation = await prepare(target, request, computer)
      return planFor(request, target, preparation, await store.all()).plan
    },

    start: (request) =>
      withLock({ kind: request.model.daemon }, async (target, lock) => {
        const preparation = await prepare(target, request, computer)
        const seed = request.seed ?? Math.floor(random() * 2 ** 32)
        const identity = { id: newId(now(), random), createdAt: at() }
        const study = newStudy({ ...request, seed }, target, preparation, identity, await store.all())
        await begin(study, target, lock)
        return { id: study.id }
      }),

    async resume(id) {
      const { daemon } = await read(id)
      await withLock(daemon, async (target, lock) => {
        const study = await atRest(id)
        if (study.state !== 'paused' && study.state !== 'interrupted') throw notResumable(study)
        if ((await digestOf(target.daemon, study.model.ref.name)) !== study.model.digest) throw modelChanged(study)
        await begin(transition(study, { type: 'resumed', at: at() }), target, lock)
      })
    },

    async pause(id) {
      const sitting = requireRunning(id)
      sitting.session.control.pause()
      await sitting.isOver
    },

    async skipTrial(id) {
      requireRunning(id).session.control.skipTrial()
    },

    async stop(id) {
      const sitting = running(id)
      if (sitting) {
        sitting.session.control.stop()
        await sitting.isOver
        // A pause asked for a moment earlier may have been quicker.
        if (sitting.session.study.state !== 'paused') return
      }
      const { daemon } = await store.get(id)
      const lock = await acquireLock(lockAddress(daemon))
      try {
        const study = await atRest(id)
        if (study.state !== 'paused' && study.state !== 'interrupted') throw notRunning()
        await commit(study, { type: 'stopped', report: reportFor({ ...study, state: 'stopped' }, study.request.goal) })
        if (pausedId === id) pausedId = null
      } finally {
        await lock.release()
      }
    },

    list: () => store.list(),
    get: async (id) => ({ study: await read(id), progress: running(id)?.session.progress ?? null }),
    current: () => ({ id: active?.session.study.state === 'running' ? active.session.id : pausedId }),

    async delete(id) {
      await restingSession()
      if (running(id)) throw alreadyRunning()
      await store.delete(id)
      if (pausedId === id) pausedId = null
    },

    async rescore(id, goal) {
      const report = reportFor(await read(id), goal)
      if (report) return report
      throw new AttuneError({
        code: 'conflict',
        message: 'This study has not measured your present settings yet, so there is nothing to judge.',
        hint: 'Wait for its first trials.',
      })
    },

    async recover() {
      for (const { id, state } of await store.list()) {
        if (state !== 'running') continue
        const { daemon } = await store.get(id)
        // A lock that is held means that the study runs in another process.
        const lock = await acquireLock(lockAddress(daemon)).catch(() => null)
        if (!lock) continue
        try {
          await atRest(id)
        } finally {
          await lock.release()
        }
      }
      // Whoever left a study unfinished last time finds it again first.
      const [latest] = await store.list()
      if (latest?.state === 'paused' || latest?.state === 'interrupted') pausedId = latest.id
    },

    async close() {
      closing.abort()
      active?.session.control.pause()
      await active?.isOver
    },
  }
}

/** The built-in engine's port differs from start to start; all its studies share one lock. */
function lockAddress({ kind, url }: Study['daemon'] | StudyDaemon['daemon']): string {
  return kind === 'builtIn' ? 'http://built-in' : url
}

/** "20260131-142501-k3f9": sorts by time and is easily told from others. */
function newId(now: Date, random: () => number): string {
  const time = now.toISOString().replace(/\D/g, '').slice(0, 14)
  const suffix = Math.floor(random() * 36 ** 4)
  return `${time.slice(0, 8)}-${time.slice(8)}-${suffix.toString(36).padStart(4, '0')}`
}

function alreadyRunning(): AttuneError {
  return new AttuneError({
    code: 'studyRunning',
    message: 'A study or a measurement is running.',
    hint: 'Wait until it is finished, or stop it first.',
  })
}

function notRunning(): AttuneError {
  return new AttuneError({
    code: 'conflict',
    message: 'This study is not running.',
    hint: 'Look at its result, or start a new one.',
  })
}

function notResumable({ state }: Study): AttuneError {
  return new AttuneError({
    code: 'conflict',
    message: `This study is ${state} and cannot go on.`,
    hint: 'Start a new one.',
  })
}

function modelChanged({ model }: Study): AttuneError {
  return new AttuneError({
    code: 'conflict',
    message: `${model.ref.name} has changed since this study began, so its measurements do not belong together.`,
    hint: 'Start a new study.',
  })
}
