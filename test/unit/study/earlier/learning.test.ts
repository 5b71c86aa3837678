import { describe, expect, it } from 'vitest'
import type { Study } from '../../../../preload/contract/study.ts'
import { studySchema } from '../../../../preload/contract/study.ts'
import { learnFrom } from '../../../../main/study/earlier/learning.ts'
import { searchOf } from '../../../../main/study/plan.ts'
import { aStudy, okOutcome } from '../builders.ts'

const threads = [0, 1, 2, 1]
const measured = (change: Partial<Omit<Study, 'trials'>> = {}): Study =>
  aStudy({
    ...change,
    state: 'finished',
    trials: threads.map((num_thread) => ({ purpose: 'search', configuration: { num_thread }, outcome: okOutcome() })),
  })
const study = measured()
const place = { machine: study.machine, daemon: study.daemon }

describe('what earlier studies teach', () => {
  it('is about this processor, and says from how many studies it is', () => {
    const learnt = learnFrom([study, measured({ id: 'study-0002' })], place)
    expect(learnt?.studies).toBe(2)
    expect(Object.keys(learnt?.parameters ?? {})).toContain('coreBandwidth')
    expect(Object.keys(learnt?.parameters ?? {})).not.toContain('gpuBandwidth')
  })

  it('is nothing where there is no study, or one of another computer or daemon, or one that measured too little', () => {
    const other = { ...study.machine, cpu: { ...study.machine.cpu, name: 'Another' } }
    const elsewhere = { ...study.daemon, url: 'http://192.0.2.1:11434' }
    const short = aStudy({ trials: [{ purpose: 'baseline' }] })
    for (const studies of [[], [measured({ machine: other })], [measured({ daemon: elsewhere })], [short]]) {
      expect(learnFrom(studies, place)).toBeNull()
    }
  })

  it('does not depend on the order in which the studies are listed', () => {
    const later = measured({ id: 'study-0002', createdAt: '2026-03-01T12:00:00.000Z' })
    expect(learnFrom([study, later], place)).toEqual(learnFrom([later, study], place))
  })

  it('stays with the study in its file, so that it goes on and can be run again as it began', () => {
    const learnt = learnFrom([study], place)
    const next = studySchema.parse(JSON.parse(JSON.stringify(aStudy({ learnt }))))
    expect(searchOf(next).problem.learnt).toEqual(learnt?.parameters)
  })
})
