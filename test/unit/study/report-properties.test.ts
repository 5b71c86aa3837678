import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportSchema } from '../../../preload/contract/study.ts'
import type { TrialOutcome } from '../../../preload/contract/trial.ts'
import { isSameConfiguration } from '../../../main/study/choices.ts'
import { reportFor } from '../../../main/study/report/report.ts'
import { aPlan, aStatement, aStudy, okOutcome, type TrialSketch } from './builders.ts'

const outcome = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        ttft: fc.double({ min: 0.05, max: 5, noNaN: true }),
        decode: fc.double({ min: 0.5, max: 200, noNaN: true }),
        ramMiB: fc.integer({ min: 100, max: 9000 }),
      })
      .map((speed): TrialOutcome => okOutcome(speed)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<TrialOutcome>(
      { kind: 'outOfMemory', message: 'It does not fit.' },
      { kind: 'failed', message: 'It crashed.' },
      { kind: 'skipped', message: 'Skipped.' },
    ),
  },
)
const candidate = fc.record({ num_thread: fc.integer({ min: 1, max: 3 }), num_batch: fc.constantFrom(0, 256) })

/** Journals such as a study may leave, cut off at any point and confirmed or not. */
const journal = fc
  .record({
    baseline: fc.array(outcome, { minLength: 1, maxLength: 3 }),
    search: fc.array(fc.tuple(candidate, outcome), { maxLength: 8 }),
    confirmed: candidate,
    pairs: fc.array(fc.tuple(outcome, outcome), { maxLength: 5 }),
    state: fc.constantFrom('finished' as const, 'stopped' as const, 'failed' as const),
    goal: fc.constantFrom('chat' as const, 'throughput' as const, 'memory' as const),
  })
  .map(({ baseline, search, confirmed, pairs, state, goal }) => {
    const trials: TrialSketch[] = [
      ...baseline.map((outcome): TrialSketch => ({ purpose: 'baseline', outcome })),
      ...search.map(([configuration, outcome]): TrialSketch => ({ purpose: 'search', configuration, outcome })),
      ...pairs.flatMap(([own, other]): TrialSketch[] => [
        { purpose: 'confirmCandidate', configuration: confirmed, outcome: other },
        { purpose: 'confirmBaseline', outcome: own },
      ]),
    ]
    return { goal, study: aStudy({ state, phase: 'done', searchEnded: aStatement(), trials }) }
  })

const parameters = { seed: 7, numRuns: 400 }

describe('whatever was measured', () => {
  it('a report recommends a change only where pairs of loads have shown it', () => {
    fc.assert(
      fc.property(journal, ({ study, goal }) => {
        const report = reportFor(study, goal)
        if (report === null) return
        const { verdict, best, baseline, changes } = reportSchema.parse(report)
        expect(isSameConfiguration(baseline.configuration, aPlan.baseline)).toBe(true)
        if (verdict.kind === 'improved') {
          expect(verdict.pairs).toBeGreaterThanOrEqual(2)
          expect(verdict.gainPercent).toBeGreaterThanOrEqual(3)
          expect(verdict.interval?.low).toBeGreaterThan(0)
          expect(changes.length).toBeGreaterThan(0)
        } else {
          expect(best).toEqual(baseline)
          expect(changes).toEqual([])
        }
      }),
      parameters,
    )
  })

  it('a report lists each configuration once, and the best is among them', () => {
    fc.assert(
      fc.property(journal, ({ study, goal }) => {
        const report = reportFor(study, goal)
        if (report === null) return
        const { alternatives, best } = report
        const keys = alternatives.map(({ configuration }) => JSON.stringify(configuration))
        expect(new Set(keys).size).toBe(keys.length)
        expect(alternatives).toContainEqual(best)
        expect(alternatives.some(({ isParetoOptimal }) => isParetoOptimal)).toBe(true)
      }),
      parameters,
    )
  })

  it('a report says everything in words', () => {
    fc.assert(
      fc.property(journal, ({ study, goal }) => {
        const report = reportFor(study, goal)
        if (report === null) return
        const { verdict, changes, notes } = report
        const said = [verdict.sentence, ...verdict.reasons, ...changes.map(({ reason }) => reason), ...notes]
        for (const { code, text } of said) {
          expect(text, code).not.toBe(code)
          expect(text, code).not.toMatch(/undefined|NaN|Infinity/)
        }
      }),
      parameters,
    )
  })
})
