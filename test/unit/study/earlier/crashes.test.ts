import { describe, expect, it } from 'vitest'
import type { TrialOutcome } from '../../../../preload/contract/trial.ts'
import { isUnreliable } from '../../../../main/study/choices.ts'
import { crashedConfigurations, knownCrashes, withoutCrashed } from '../../../../main/study/earlier/crashes.ts'
import { searchOf } from '../../../../main/study/plan.ts'
import { transition } from '../../../../main/study/transitions.ts'
import { aStudy, configured, later } from '../builders.ts'

const cutOff: TrialOutcome = { kind: 'skipped', message: 'It went down.', isCutOff: true }
const skipped: TrialOutcome = { kind: 'skipped', message: 'Skipped.' }
const crashed = aStudy({
  trials: [
    { purpose: 'baseline', outcome: cutOff },
    { purpose: 'search', configuration: { num_thread: 1 }, outcome: cutOff },
    { purpose: 'search', configuration: { num_batch: 64 }, outcome: skipped },
  ],
})
describe('a configuration during which the computer went down', () => {
  it('is known from the journal that was cut off, unlike one that the user skipped', () => {
    expect(crashedConfigurations(crashed)).toEqual([configured({ num_thread: 1 })])
    const running = aStudy({ trials: [{ purpose: 'search', configuration: { num_thread: 2 }, outcome: null }] })
    const interrupted = transition(running, { type: 'interrupted', message: 'It went down.', at: later })
    expect(crashedConfigurations(interrupted)).toEqual([configured({ num_thread: 2 })])
  })

  it('is no candidate any more, in whatever words, but the user’s own settings stay', () => {
    const { problem, space } = searchOf(crashed)
    const left = withoutCrashed(space, problem, crashed).candidates
    expect(space.candidates.some(({ num_thread }) => num_thread === 1)).toBe(true)
    expect(left).not.toContainEqual(configured({ num_thread: 1 }))
    expect(left).toContainEqual(problem.baseline)
  })

  it('cannot be relied upon, however fast it was', () => {
    expect(isUnreliable(crashed, configured({ num_thread: 1 }))).toBe(true)
    expect(isUnreliable(crashed, configured({ num_batch: 64 }))).toBe(false)
  })

  it('is remembered by later studies of the same model on the same computer, and by those after them', () => {
    const next = aStudy({ id: 'study-0002' })
    const known = knownCrashes([crashed], next)
    expect(known).toEqual([configured({ num_thread: 1 })])
    const second = { ...next, crashedBefore: known }
    expect(knownCrashes([second, crashed], aStudy({ id: 'study-0003' }))).toEqual(known)
  })

  it('is no matter on another computer or for another content of the model', () => {
    const { cpu } = crashed.machine
    const elsewhere = aStudy({ machine: { ...crashed.machine, cpu: { ...cpu, name: 'Another' } } })
    const changed = aStudy({ model: { ...crashed.model, digest: 'sha256:other' } })
    for (const study of [elsewhere, changed]) expect(knownCrashes([crashed], study)).toEqual([])
  })
})
