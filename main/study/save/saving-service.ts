import { AttuneError, type ErrorReport } from '../../../preload/contract/errors.ts'
import type { AttuneEvent } from '../../../preload/contract/events.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { RouteOutput } from '../../../preload/contract/routes.ts'
import type { Certificate, Study } from '../../../preload/contract/study.ts'
import type { Clock } from '../../ollama/clock.ts'
import { normalizeName } from '../../models/names.ts'
import { freeTagName, nameProblem } from '../../ollama/tags.ts'
import type { StudyLock } from '../../store/study-lock.ts'
import { say } from '../../words/say.ts'
import { isHeldByTag } from '../environment.ts'
import type { DaemonPlace, StudyDaemon } from '../prepare.ts'
import type { StudyAction, Undated } from '../transitions.ts'
import { environmentAdvice } from './environment-advice.ts'
import { modelfileFor } from './preview.ts'
import { registerTag } from './register.ts'
import { removeTag } from './undo.ts'

/** What was found, saved as a tag of its own. All functions reject with `AttuneError`. */
export interface SavingService {
  /** A name that no model has: `<model>-attuned`, or with the next free number. */
  suggestName(id: string): Promise<{ name: string }>
  preview(wish: SavingWish): Promise<{ modelfile: string; nameProblem: ErrorReport | null }>
  /** What the settings need besides a tag. */
  environment(wish: Omit<SavingWish, 'name'>): Promise<RouteOutput<'save.environment'>>
  /** Creates the tag and measures it as saved. */
  register(wish: SavingWish): Promise<Certificate>
  /** Removes exactly the tag that `register` made. */
  undo(id: string, name: string): Promise<Certificate>
}

export interface SavingWish {
  id: string
  name: string
  configuration: Configuration
}

export interface SavingDependencies {
  daemonFor: (place: DaemonPlace) => Promise<StudyDaemon>
  clock: Clock
  now: () => Date
  random: () => number
  emit: (event: AttuneEvent) => void
  read: (id: string) => Promise<Study>
  commit: (study: Study, action: Undated<StudyAction>) => Promise<Study>
  /** Keeps studies off the daemon meanwhile. */
  withLock: <T>(place: DaemonPlace, work: (target: StudyDaemon, lock: StudyLock) => Promise<T>) => Promise<T>
  /** Aborted when the program ends. */
  closing: AbortSignal
}

export function createSavingService(dependencies: SavingDependencies): SavingService {
  const { daemonFor, clock, now, random, emit, read, commit, withLock, closing } = dependencies

  async function takenNames(study: Study): Promise<string[]> {
    const { daemon } = await daemonFor(study.daemon)
    return (await daemon.listModels()).map(({ name }) => name)
  }

  return {
    async suggestName(id) {
      const study = await read(id)
      return { name: freeTagName(study.model.ref.name, await takenNames(study)) }
    },

    async preview({ id, name, configuration }) {
      const study = await read(id)
      const problem = nameProblem(name, await takenNames(study))
      return { modelfile: modelfileFor(study, configuration), nameProblem: problem }
    },

    async environment({ id, configuration }) {
      const study = await read(id)
      const advice = environmentAdvice(study, configuration)
      return { advice, isHeldByTag: isHeldByTag(study, configuration) }
    },

    async register({ id, name, configuration }) {
      let study = requireResult(await read(id))
      return withLock(study.daemon, async (target, lock) => {
        try {
          await registerTag(
            study,
            { name, configuration },
            {
              ...target,
              clock,
              now,
              random,
              signal: closing,
              async commit(action) {
                study = await commit(study, action)
              },
              onProgress: (share, activity) => emit({ type: 'register.progress', id, share, activity: say(activity) }),
            },
          )
          return certificateOf(study, name)
        } finally {
          await lock.release()
        }
      })
    },

    async undo(id, name) {
      const study = await read(id)
      const { daemon } = await daemonFor(study.daemon)
      const { tag } = await removeTag(study, name, daemon)
      return certificateOf(await commit(study, { type: 'certificateUndone', tag }), tag)
    },
  }
}

/** The newest certificate of a tag, which was written a moment ago. */
function certificateOf(study: Study, name: string): Certificate {
  const certificate = study.certificates.findLast(({ tag }) => tag === normalizeName(name))
  if (!certificate) throw new Error(`no certificate of ${name} was written`)
  return certificate
}

function requireResult(study: Study): Study {
  if (study.report !== null) return study
  throw new AttuneError({
    code: 'conflict',
    message: 'This study has no result yet that could be saved.',
    hint: 'Wait until it is finished, or stop it to keep what was found.',
  })
}
