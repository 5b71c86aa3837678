import { expect, test } from 'vitest'
import type { Statement } from '../../../preload/contract/estimate.ts'
import { studySchema } from '../../../preload/contract/study.ts'
import { foreignLoadNote } from '../../../main/study/report/foreign-loads.ts'
import { say } from '../../../main/words/say.ts'
import { aStatement, aStudy, okOutcome } from './builders.ts'

const reloaded = aStatement('measure.reloaded')
const otherContext = (found: number) => aStatement('measure.otherContext', { asked: 4096, found })

const studyWith = (disturbances: Statement[]) =>
  aStudy({
    trials: [
      { purpose: 'baseline', outcome: { ...okOutcome({ loadSeconds: 6 }), disturbances } },
      { purpose: 'baseline', outcome: { kind: 'interference', message: '', disturbances } },
      { purpose: 'baseline', outcome: okOutcome({ loadSeconds: 8 }) },
    ],
  })

test('programs that ask for other settings are counted over all trials, with what each load takes', () => {
  const [note] = foreignLoadNote(studyWith([reloaded, aStatement('measure.queued')]))
  expect(note).toEqual({ code: 'study.foreignLoads', values: { count: 2, seconds: 7 } })
})

test('the contexts that they ask for are named where they were seen', () => {
  const [note] = foreignLoadNote(studyWith([otherContext(2048), reloaded, otherContext(8192)]))
  expect(note).toMatchObject({ code: 'study.foreignContext', values: { count: 6, asked: 4096, found: '2048, 8192' } })
})

test('nothing is said where others only waited their turn, or in studies that did not take note', () => {
  expect(foreignLoadNote(studyWith([aStatement('measure.queued')]))).toEqual([])
  expect(foreignLoadNote(aStudy({ trials: [{ purpose: 'baseline' }] }))).toEqual([])
})

test('the note is a sentence without holes even where no load of the study’s own succeeded', () => {
  const study = aStudy({
    trials: [{ purpose: 'baseline', outcome: { kind: 'interference', message: '', disturbances: [reloaded] } }],
  })
  const [note] = foreignLoadNote(studySchema.parse(JSON.parse(JSON.stringify(study))))
  expect(note && say(note).text).toMatch(/^Problem: 1 time during the study another program/)
  expect(note && say(note).text).not.toContain('undefined')
})
