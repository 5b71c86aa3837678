import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openStudyStore } from '../../../main/store/study-store.ts'
import { createRandom } from '../../../main/search/random.ts'
import { temporaryFolder } from './service-bench.ts'

const program = new URL('./sitting.ts', import.meta.url).pathname

interface Sitting {
  child: ChildProcess
  /** Resolves when the journal was saved so often, or when the process has ended. */
  saves(count: number): Promise<void>
  ended: Promise<unknown>
}

function sit(dataFolder: string): Sitting {
  const child = spawn(process.execPath, [program, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  return {
    child,
    ended,
    saves: (count) =>
      new Promise((resolve) => {
        let seen = 0
        lines.on('line', () => {
          seen += 1
          if (seen === count) resolve()
        })
        void ended.then(() => resolve())
      }),
  }
}

it('a study killed at random moments goes on where it was, and says which trials were lost', async () => {
  await using folder = await temporaryFolder()
  const store = await openStudyStore({ dataFolder: folder.path, now: () => new Date(), onRecovery: () => undefined })
  const random = createRandom(20)
  let finishedBefore: unknown[] = []

  for (let round = 0; round < 6; round++) {
    const sitting = sit(folder.path)
    await sitting.saves(1 + Math.floor(random() * 4))
    await delay(random() * 60)
    sitting.child.kill('SIGKILL')
    await sitting.ended
    const [summary] = await store.list()
    const study = await store.get(summary?.id ?? '')
    const finished = study.trials.filter(({ outcome }) => outcome !== null)
    expect(finished.slice(0, finishedBefore.length)).toEqual(finishedBefore)
    expect(study.trials.length - finished.length).toBeLessThanOrEqual(1)
    finishedBefore = finished
  }

  const last = sit(folder.path)
  await last.ended
  const [summary] = await store.list()
  const study = await store.get(summary?.id ?? '')
  expect(study.state).toBe('finished')
  expect(study.trials.map(({ number }) => number)).toEqual(study.trials.map((_, index) => index + 1))
  expect(study.trials.every(({ outcome }) => outcome !== null)).toBe(true)
  expect(study.trials.slice(0, finishedBefore.length)).toMatchObject(finishedBefore)
  const lost = study.trials.filter(({ outcome }) => outcome?.kind === 'skipped')
  expect(study.report?.notes.some(({ code }) => code === 'study.countSkipped')).toBe(lost.length > 0)
  expect(await store.list()).toHaveLength(1)
})
