import { describe, expect, it } from 'vitest'
import type { ProbeResult } from '../../../../preload/contract/machine.ts'
import type { Study } from '../../../../preload/contract/study.ts'
import { studySchema } from '../../../../preload/contract/study.ts'
import { learnFrom } from '../../../../main/study/earlier/learning.ts'
import { searchOf } from '../../../../main/study/plan.ts'
import { beliefsOf, probeBeliefs, probedBefore } from '../../../../main/study/probe/belief.ts'
import { createPhysics } from '../../../../main/search/surrogate/physics.ts'
import { thetaPrior } from '../../../../main/search/surrogate/priors.ts'
import { aStudy, configured, okOutcome, twoCores } from '../builders.ts'

const eightCores = {
  ...twoCores,
  cpu: { ...twoCores.cpu, physicalCores: 8, performanceCores: 8, logicalCores: 8, allowedCores: 8 },
}

/** A look at a computer of eight cores that each read so much until the bus is full. */
function probeOf(coreReads: number, busReads: number, spread = 0.02): ProbeResult {
  const steps = [1, 2, 3, 4, 6, 8].map((threads) => ({
    threads,
    readBytesPerSecond: Math.min(threads * coreReads, busReads),
    copyBytesPerSecond: Math.min(threads * coreReads, busReads) / 2,
    multiplyAddsPerSecond: threads * 3e9,
  }))
  return { steps, bufferMiB: 256, spread, seconds: 2 }
}

const probed = (probe: ProbeResult | null, change: Partial<Omit<Study, 'trials'>> = {}): Study =>
  aStudy({ machine: eightCores, probe, ...change })

/** Seconds per token that a study expects of so many threads before its first trial. */
function expectedSeconds(study: Study, num_thread: number): number {
  const { problem } = searchOf(study)
  const physics = createPhysics(problem)
  const { token } = physics.logSeconds(physics.read(physics.priorMean), physics.place(configured({ num_thread })))
  return Math.exp(token)
}

const general = thetaPrior(false)

describe('what a look at the computer makes a study expect', () => {
  it('is more speed of faster memory, by as much as it lets believe of a core', () => {
    const [slow, fast] = [probed(probeOf(6e9, 30e9)), probed(probeOf(24e9, 120e9))]
    const believed = (probeBeliefs(fast).coreBandwidth?.mean ?? 0) - (probeBeliefs(slow).coreBandwidth?.mean ?? 0)
    expect(believed).toBeGreaterThan(0.5 * Math.log(4))
    expect(believed).toBeLessThan(Math.log(4))
    const gained = Math.log(expectedSeconds(slow, 1) / expectedSeconds(fast, 1))
    // What a token costs beside reading the weights is the same on both.
    expect(gained).toBeGreaterThan(0.8 * believed)
    expect(gained).toBeLessThanOrEqual(believed)
  })

  it('is less from further threads where few cores fill the memory bus', () => {
    const gain = (study: Study) => expectedSeconds(study, 2) / expectedSeconds(study, 6)
    expect(gain(probed(probeOf(10e9, 20e9)))).toBeLessThan(0.8 * gain(probed(probeOf(10e9, 80e9))))
  })

  it('lies between what holds of any computer and what was seen, and is surer than either', () => {
    const { coreBandwidth } = probeBeliefs(probed(probeOf(40e9, 200e9)))
    expect(coreBandwidth?.mean).toBeGreaterThan(general.coreBandwidth.mean)
    expect(coreBandwidth?.mean).toBeLessThan(Math.log(0.75 * 40e9))
    expect(coreBandwidth?.sd).toBeLessThan(general.coreBandwidth.sd)
  })

  it('moves little where the rounds of the look differed widely, and never makes anyone less sure', () => {
    const moved = (spread: number) => {
      const { coreBandwidth } = probeBeliefs(probed(probeOf(40e9, 200e9, spread)))
      expect(coreBandwidth?.sd).toBeLessThanOrEqual(general.coreBandwidth.sd)
      return (coreBandwidth?.mean ?? 0) - general.coreBandwidth.mean
    }
    expect(moved(1)).toBeLessThan(0.3 * moved(0.02))
    expect(moved(100)).toBeCloseTo(0, 3)
  })

  it('is what holds of any computer where there was no look', () => {
    for (const study of [aStudy({ machine: eightCores }), probed(null)]) {
      expect(expectedSeconds(study, 4)).toBe(expectedSeconds(aStudy({ machine: eightCores }), 4))
    }
  })

  it('gives way to what earlier studies measured', () => {
    const parameters = { coreBandwidth: { mean: 20, sd: 0.1 } }
    const beliefs = beliefsOf(probed(probeOf(10e9, 40e9), { learnt: { studies: 1, parameters } }))
    expect(beliefs.coreBandwidth).toEqual(parameters.coreBandwidth)
    expect(beliefs.saturatingCores).toBeDefined()
  })

  it('is the same after the study has lain in its file', () => {
    const study = probed(probeOf(10e9, 40e9))
    expect(beliefsOf(studySchema.parse(JSON.parse(JSON.stringify(study))))).toEqual(beliefsOf(study))
  })
})

describe('a look that an earlier study had', () => {
  const probe = probeOf(10e9, 40e9)

  it('serves the next one on the same processor', () => {
    expect(probedBefore([probed(null), probed(probe), aStudy()], eightCores)).toEqual(probe)
  })

  it('says nothing of another processor', () => {
    expect(probedBefore([probed(probe)], twoCores)).toBeUndefined()
    expect(probedBefore([], eightCores)).toBeUndefined()
  })

  it('is part of what that study teaches', () => {
    const taught = (probe: ProbeResult) => {
      const trials = [0, 1, 2, 4].map((num_thread) => ({
        purpose: 'search' as const,
        configuration: { num_thread },
        outcome: okOutcome(),
      }))
      const study = aStudy({ machine: eightCores, state: 'finished', probe, trials })
      return learnFrom([study], { machine: eightCores, daemon: study.daemon })?.parameters['saturatingCores']?.mean ?? 0
    }
    expect(taught(probeOf(10e9, 20e9))).toBeLessThan(taught(probeOf(10e9, 80e9)))
  })
})
