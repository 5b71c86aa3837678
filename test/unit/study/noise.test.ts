import { describe, expect, it } from 'vitest'
import { driftFreeLoads, driftFreeOutcome, driftOf, noiseOf } from '../../../main/study/noise.ts'
import { measuredLoads } from '../../../main/study/choices.ts'
import { rivals } from '../../../main/study/confirmation.ts'
import { aStudy, okOutcome, type TrialSketch } from './builders.ts'

/** A computer that loses 4 % of its speed with every trial of ten seconds. */
const speedAt = (index: number) => 0.96 ** index
const slowed = (purpose: TrialSketch['purpose'], index: number, gain = 1, threads = 0): TrialSketch => ({
  purpose,
  configuration: { num_thread: threads },
  outcome: okOutcome({ ttft: 0.5 / speedAt(index) / gain, decode: 40 * speedAt(index) * gain, prefill: 800 }),
})
const heating = aStudy({
  trials: [
    slowed('baseline', 0),
    slowed('baseline', 1),
    ...[2, 3, 4, 5, 6].map((index) => slowed('search', index, index === 6 ? 1.1 : 0.9, index)),
    slowed('sentinel', 7),
    slowed('sentinel', 8),
  ],
})

describe('the drift of a study', () => {
  it('is seen in the user’s own settings and taken out of comparisons', () => {
    expect(driftOf(heating).perSecond).toBeLessThan(-0.003)
    const loads = driftFreeLoads(heating)
    const turns = loads.filter(({ configuration }) => configuration.num_thread === 0).map((load) => load.turnSeconds)
    expect(Math.max(...turns) / Math.min(...turns)).toBeLessThan(1.05)
    // Measured 12 % slower than the baseline's mean, as the computer had become slow by then; truly 10 % faster.
    const [best] = rivals(heating, 'chat')
    expect(best?.configuration.num_thread).toBe(6)
    expect(best?.logRatio).toBeCloseTo(Math.log(1.1), 1)
  })

  it('changes nothing on a steady computer', () => {
    const steady = aStudy({ trials: [0, 1, 2].map(() => ({ purpose: 'baseline' })) })
    expect(driftFreeLoads(steady)).toEqual(measuredLoads(steady))
    expect(driftFreeOutcome(steady)).toEqual(steady.trials.at(-1)?.outcome)
  })

  it('is taken out of what samplers are told', () => {
    const told = driftFreeOutcome(heating)
    const measured = heating.trials.at(-1)?.outcome
    if (told?.kind !== 'ok' || measured?.kind !== 'ok') throw new Error('the last trial ran')
    const ratio = told.decodeTokensPerSecond.mean / measured.decodeTokensPerSecond.mean
    expect(ratio).toBeGreaterThan(1.2)
    expect(told.repetitions.at(-1)?.decodeTokensPerSecond).toBeCloseTo(40 * speedAt(8) * ratio)
    expect(told.repetitions.at(-1)?.ttftSeconds).toBeCloseTo(0.5 / speedAt(8) / ratio)
    expect(told.load).toEqual(measured.load)
  })
})

describe('the noise of a study', () => {
  it('leaves out loads that were cut short', () => {
    const cut: TrialSketch = { purpose: 'baseline', outcome: { ...okOutcome({ decode: 4 }), stoppedEarly: true } }
    const study = aStudy({ trials: [{ purpose: 'baseline' }, { purpose: 'baseline' }, cut] })
    expect(noiseOf(study, 'chat', measuredLoads(study)).loadDeviation).toBe(0)
  })
})
