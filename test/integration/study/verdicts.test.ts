import { describe, expect, it } from 'vitest'
import { studyRequestSchema, type GoalKind } from '../../../preload/contract/goal.ts'
import { automatic } from '../../../preload/contract/model.ts'
import { reportSchema, studySchema } from '../../../preload/contract/study.ts'
import { tuneDocumentSchema } from '../../../preload/contract/tune-document.ts'
import { isOfPresentWorkload } from '../../../main/study/choices.ts'
import { tuneDocument } from '../../../main/study/document.ts'
import { reportFor } from '../../../main/study/report/report.ts'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { graphicsMachine, processorMachine, type ScriptedMachine } from '../../daemon/scripted-runner.ts'
import { freshStudy, quickChat, runToEnd, withGraphics } from './laboratory.ts'

const noise = { betweenLoads: 0.02, withinLoad: 0.01 }
const sabotaged = { name: 'base', parameters: { num_thread: 16 } }

describe('a tag that asks for four times as many threads as there are cores', () => {
  it('is repaired, and the verdict rests on pairs of fresh loads', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged], noise })
    const { study } = await runToEnd(scripted, await freshStudy(scripted, quickChat('base:latest')))
    expect(study.state).toBe('finished')
    const { verdict, best, baseline, changes } = reportSchema.parse(study.report)
    expect(verdict.kind).toBe('improved')
    expect(verdict.pairs).toBe(2)
    expect(verdict.interval?.low).toBeGreaterThan(0)
    expect(best.decodeTokensPerSecond.mean).toBeGreaterThan(1.5 * baseline.decodeTokensPerSecond.mean)
    expect(changes.find(({ name }) => name === 'num_thread')).toMatchObject({
      from: 16,
      reason: { code: 'study.threadsBeyondCores' },
    })
  })

  it('is repaired by every sampler', async () => {
    for (const sampler of studyRequestSchema.shape.sampler.removeDefault().options) {
      await using scripted = await startScriptedDaemon({ models: [sabotaged], noise })
      const request = { ...quickChat('base:latest'), sampler }
      const { study } = await runToEnd(scripted, await freshStudy(scripted, request))
      expect(study.report?.verdict.kind, sampler).toBe('improved')
      expect(
        study.report?.changes.map(({ name }) => name),
        sampler,
      ).toContain('num_thread')
    }
  })

  it('is repaired by way of short trials, of which none stands in the report', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged], noise })
    const request = { ...quickChat('base:latest'), sampler: 'hyperband' as const }
    const { study } = await runToEnd(scripted, await freshStudy(scripted, request))
    const searched = study.trials.filter(({ purpose }) => purpose === 'search')
    const short = searched.filter(({ fidelity }) => fidelity !== undefined)
    expect(short.length).toBeGreaterThan(0)
    expect(short.length).toBeLessThan(searched.length)
    for (const { outcome, fidelity } of short) {
      if (outcome?.kind !== 'ok' || outcome.stoppedEarly) continue
      const counted = outcome.repetitions.filter(({ isWarmUp }) => !isWarmUp)
      expect(counted.map(({ outputTokens }) => outputTokens)).toEqual([fidelity?.outputTokens])
    }
    const full = study.trials.filter(
      ({ fidelity, outcome }) =>
        fidelity === undefined && outcome?.kind === 'ok' && isOfPresentWorkload(study, outcome),
    )
    const reported = study.report?.alternatives.reduce((loads, choice) => loads + choice.loads, 0)
    expect(reported).toBe(full.length)
  })

  it('is repaired in time even where its answers take minutes', async () => {
    // Sixteen threads on four busy cores: one token in two seconds.
    const machine: ScriptedMachine = {
      ...processorMachine(),
      performance: (options, model) => {
        const healthy = processorMachine().performance(options, model)
        return options.num_thread === 16 ? { ...healthy, decodeTokensPerSecond: 0.5 } : healthy
      },
    }
    await using scripted = await startScriptedDaemon({ models: [sabotaged], machine, noise })
    const { study } = await runToEnd(scripted, await freshStudy(scripted, quickChat('base:latest')))
    expect(study.report?.verdict.kind).toBe('improved')
    expect(study.activeSeconds).toBeLessThan(study.plan.maximumMinutes * 60)
    expect(study.report?.notes.map(({ code }) => code)).toContain('study.countAbandoned')
  })

  it('makes a document that its schema describes', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged], noise })
    const { study } = await runToEnd(scripted, await freshStudy(scripted, quickChat('base:latest')))
    expect(studySchema.parse(JSON.parse(JSON.stringify(study)))).toEqual(study)
    const document = tuneDocumentSchema.parse(JSON.parse(JSON.stringify(tuneDocument(study))))
    expect(document).toMatchObject({ verdict: { kind: 'improved' }, state: 'finished', seed: 1 })
    expect(document.trials).toHaveLength(study.trials.length)
  })

  it('can be judged for other goals by the same measurements', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged], noise })
    const { study } = await runToEnd(scripted, await freshStudy(scripted, quickChat('base:latest')))
    expect(reportFor(study, 'chat')).toEqual(study.report)
    expect(reportFor(study, 'throughput')?.verdict.kind).toBe('improved')
    expect(reportFor(study, 'memory')?.verdict.kind).not.toBe('improved')
  })
})

describe('a healthy setup', () => {
  it.each(['chat', 'throughput'] as GoalKind[])('is kept as it is (%s)', async (goal) => {
    // Left to itself this daemon takes four threads, which is best on four cores.
    await using scripted = await startScriptedDaemon({ models: [{ name: 'base' }], noise })
    const request = { ...quickChat('base:latest'), goal }
    const { study } = await runToEnd(scripted, await freshStudy(scripted, request))
    const report = reportSchema.parse(study.report)
    expect(['keep', 'inconclusive']).toContain(report.verdict.kind)
    expect(report.best.configuration).toEqual(automatic)
    expect(report.changes).toEqual([])
  })

  it('is called right, without a confirmation, when nothing else measured better', async () => {
    await using scripted = await startScriptedDaemon({ models: [{ name: 'base' }] })
    const { study } = await runToEnd(scripted, await freshStudy(scripted, quickChat('base:latest')))
    expect(study.report?.verdict).toMatchObject({ kind: 'keep', pairs: 0, interval: null })
    expect(study.trials.some(({ purpose }) => purpose.startsWith('confirm'))).toBe(false)
  })

  it('is never replaced by mistake, whatever the noise', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      await using scripted = await startScriptedDaemon({
        models: [{ name: 'base' }],
        machine: processorMachine(),
        noise: { betweenLoads: 0.05, withinLoad: 0.03 },
        random: randomFrom(seed),
      })
      const request = { ...quickChat('base:latest'), seed }
      const { study } = await runToEnd(scripted, await freshStudy(scripted, request))
      expect(study.report?.best.configuration, `seed ${seed}`).toEqual(automatic)
    }
  })
})

describe('a model that only partly fits into graphics memory', () => {
  it('gets more layers than the daemon dares, and what does not fit is survived', async () => {
    // Other programs hold 300 MiB that no tool reports, so the highest counts of layers fail.
    await using scripted = await startScriptedDaemon({ machine: graphicsMachine(1500, 0.6) })
    const start = await freshStudy(scripted, { ...quickChat('base:latest'), budget: 'standard' }, withGraphics(1800))
    const { study } = await runToEnd(scripted, start)
    expect(study.plan.regime).toBe('partial')
    expect(study.trials.filter(({ outcome }) => outcome?.kind === 'outOfMemory').length).toBeGreaterThan(0)
    expect(study.report?.verdict.kind).toBe('improved')
    expect(study.report?.best.configuration.num_gpu).toBeGreaterThan(0)
    expect(study.report?.notes.map(({ code }) => code)).toContain('study.countOutOfMemory')
  })
})

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
