import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AttuneEvent } from '../../../preload/contract/events.ts'
import { createStudyService, type StudyService } from '../../../main/study/service.ts'
import { acquireStudyLock } from '../../../main/store/study-lock.ts'
import { openStudyStore, type StudyStore } from '../../../main/store/study-store.ts'
import type { ScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { calmComputer } from '../../stubs/calm-computer.ts'
import { fourCores, studyDaemon, wallClock } from './laboratory.ts'

export interface Bench {
  service: StudyService
  events: AttuneEvent[]
  /** Defects that were reported; a test's last line may say that there were none. */
  bugs: unknown[]
  /** Resolves once an event fulfils the condition, from now on. */
  until: (condition: (event: AttuneEvent) => boolean) => Promise<AttuneEvent>
}

/**
 * A study service over a real store in `dataFolder`, which `spoil` may make worse, and a scripted daemon: the one in use
 * at present, beside which there may be `others` at their own addresses.
 */
export async function openBench(
  scripted: ScriptedDaemon,
  dataFolder: string,
  spoil: (store: StudyStore) => StudyStore = (store) => store,
  others: readonly ScriptedDaemon[] = [],
): Promise<Bench> {
  const events: AttuneEvent[] = []
  const bugs: unknown[] = []
  const waiting = new Set<(event: AttuneEvent) => void>()
  const service = createStudyService({
    store: spoil(await openStudyStore({ dataFolder, now: wallClock(scripted), onRecovery: () => undefined })),
    acquireLock: (daemonUrl) => acquireStudyLock({ dataFolder, daemonUrl }),
    daemonFor: ({ url }) => Promise.resolve(studyDaemon(others.find((other) => other.url === url) ?? scripted)),
    computer: calmComputer(fourCores),
    clock: scripted.clock,
    now: wallClock(scripted),
    random: Math.random,
    emit: (event) => {
      events.push(event)
      for (const listener of waiting) listener(event)
    },
    reportBug: (error) => bugs.push(error),
  })
  const until = (condition: (event: AttuneEvent) => boolean) =>
    new Promise<AttuneEvent>((resolve) => {
      const listener = (event: AttuneEvent) => {
        if (!condition(event)) return
        waiting.delete(listener)
        resolve(event)
      }
      waiting.add(listener)
    })
  return { service, events, bugs, until }
}

export const hasEnded = (event: AttuneEvent): boolean =>
  event.type === 'study.changed' && ['finished', 'stopped', 'failed'].includes(event.study.state)

export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'attune-study-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
