import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { insightSchema, type InsightQuestion } from '../../../preload/contract/insight.ts'
import { printInsight, readQuestion } from '../../../main/shells/cli/insight.ts'
import type { Context } from '../../../main/shells/cli/context.ts'
import { createCliText } from '../../../main/shells/cli/format.ts'
import type { Language } from '../../../preload/contract/settings.ts'
import { insightFor } from '../../../main/study/insight/insight.ts'
import { reportFor } from '../../../main/study/report/report.ts'
import { aStudy, okOutcome, type Speed, type TrialSketch } from '../study/builders.ts'

const of = (num_batch: number, speed: Speed): TrialSketch => ({
  purpose: 'search',
  configuration: { num_batch },
  outcome: okOutcome(speed),
})
const measured = aStudy({
  state: 'finished',
  trials: [
    { purpose: 'baseline', outcome: okOutcome({ ttft: 1, ramMiB: 4000 }) },
    of(64, { ttft: 3, ramMiB: 2000 }),
    of(128, { ttft: 2, ramMiB: 2500 }),
    of(1024, { ttft: 0.4, ramMiB: 5000 }),
  ],
})
const study = { ...measured, report: reportFor(measured, 'chat') }

/** What the command prints, with the route answered by the program itself. */
async function printed(question: InsightQuestion, of = study, language: Language = 'en'): Promise<string> {
  const out = new PassThrough()
  const api = { 'study.insight': async () => insightSchema.parse(insightFor(of, question)) }
  const terminal = { out, err: new PassThrough() }
  const context = { api, terminal, text: createCliText(language) } as unknown as Context
  await printInsight(context, of, question)
  out.end()
  return text(out)
}

describe('the command line’s view of what matters', () => {
  it('lists settings with their shares and the setups worth choosing between', async () => {
    const shown = await printed({})
    expect(shown).toMatch(/^num_batch +\d+% \(\d+ to \d+%\)/m)
    expect(shown).toMatch(/^num_batch 1024 .*best by what counts/m)
    expect(shown).toMatch(/^num_batch 64 /m)
  })

  it('chooses by own weights and limits', async () => {
    expect(await printed({ weights: { memoryMiB: 1 } })).toMatch(/^num_batch 64 .*best by what counts/m)
    expect(await printed({ limits: { memoryMiB: 4500 } })).toMatch(/^everything automatic .*best by what counts/m)
    expect(await printed({ limits: { memoryMiB: 100 } })).toMatch(/^num_batch 64 .*breaks a limit/m)
  })

  it('speaks the language of the window', async () => {
    const shown = await printed({}, study, 'de')
    expect(shown).toContain('Was zur Wahl steht:')
    expect(shown).toMatch(/^num_batch +\d+ % \(\d+ bis \d+ %\)/m)
    expect(shown).toMatch(/^num_batch 1024 +\d+,\d+ .*am besten nach dem, was zählt/m)
  })

  it('has nothing to say of a study without a report', async () => {
    expect(await printed({}, { ...study, report: null })).toBe('')
  })
})

describe('weights and limits on the command line', () => {
  it('are read as names with numbers', () => {
    expect(readQuestion({ weight: ['turnSeconds=2', 'memoryMiB=1'], limit: ['ttftSeconds=0.5'] })).toEqual({
      weights: { turnSeconds: 2, memoryMiB: 1 },
      limits: { ttftSeconds: 0.5 },
    })
    expect(readQuestion({})).toEqual({})
  })

  it.each([['speed=1'], ['turnSeconds'], ['turnSeconds='], ['turnSeconds=fast'], ['turnSeconds=-1']])(
    'are refused with a hint when written as %s',
    (weight) => {
      expect(() => readQuestion({ weight: [weight] })).toThrow(expect.objectContaining({ code: 'invalidInput' }))
    },
  )
})
