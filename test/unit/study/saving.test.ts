import { describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import { parseModelfile } from '../../../main/ollama/modelfile.ts'

import { measuredLoads, summarise } from '../../../main/study/choices.ts'
import { modelfileFor } from '../../../main/study/save/preview.ts'
import { certifiedFigures, isPromiseKept } from '../../../main/study/save/promise.ts'
import { tagParameters } from '../../../main/study/save/tag-parameters.ts'
import { aStudy, okOutcome } from './builders.ts'

const studyOf = (parameters: Record<string, string | number | boolean | string[]>, contextLength = 4096) =>
  aStudy({ model: { ...aStudy().model, parameters }, request: { ...aStudy().request, contextLength } })

describe('the parameters of a saved tag', () => {
  it('are those that differ from the base, and the context length', () => {
    const study = studyOf({ num_thread: 8, temperature: 0.2 })
    expect(tagParameters(study, { ...automatic, num_thread: 2 })).toEqual({ num_ctx: 4096, num_thread: 2 })
  })

  it('leave the context length out where the base has it already', () => {
    expect(tagParameters(studyOf({ num_ctx: 4096 }), { ...automatic, num_batch: 1024 })).toEqual({ num_batch: 1024 })
  })

  it('override a value of the base by the word for automatic, as it cannot be removed', () => {
    expect(tagParameters(studyOf({ num_thread: 8, num_gpu: 3, num_ctx: 4096 }), automatic)).toEqual({
      num_thread: 0,
      num_gpu: -1,
    })
  })

  it('never ask for more context than the model was made for', () => {
    expect(tagParameters(studyOf({}, 100_000), automatic)).toEqual({ num_ctx: 8192 })
  })
})

describe('a Modelfile', () => {
  it('names its base by its tag and says where it came from', () => {
    const entries = parseModelfile(modelfileFor(studyOf({}), { ...automatic, num_thread: 2 }))
    expect(entries).toEqual([
      { kind: 'comment', text: 'Tuned by Attune, study study-0001 of 2026-01-01.' },
      { kind: 'text', instruction: 'FROM', text: 'small:latest' },
      { kind: 'parameter', name: 'num_ctx', text: '4096' },
      { kind: 'parameter', name: 'num_thread', text: '2' },
    ])
  })
})

describe('a promise', () => {
  const study = aStudy({
    trials: [40, 41, 40.5, 39.8].map((decode) => ({ purpose: 'baseline', outcome: okOutcome({ decode }) })),
  })
  const promised = summarise(study, 'chat', measuredLoads(study))
  const measuredAt = (...decodes: number[]) =>
    certifiedFigures(
      study,
      decodes.map((decode) => okOutcome({ decode })),
    )

  it('is kept by the same speed, by more, and by less within the noise between loads', () => {
    expect(isPromiseKept(study, promised, measuredAt(40, 40.5))).toBe(true)
    expect(isPromiseKept(study, promised, measuredAt(60, 61))).toBe(true)
    expect(isPromiseKept(study, promised, measuredAt(39, 38.5))).toBe(true)
  })

  it('is broken by a speed that no noise explains', () => {
    expect(isPromiseKept(study, promised, measuredAt(30, 31))).toBe(false)
    expect(isPromiseKept(study, promised, measuredAt(20))).toBe(false)
  })

  it('is judged by the turn that was measured over the tag’s own loads', () => {
    const figures = measuredAt(40, 60)
    expect(figures.turnSeconds).toMatchObject({ count: 2 })
    expect(figures.turnSeconds.mean).toBeCloseTo((0.5 + 3 + (0.5 + 2)) / 2)
    expect(figures.ttftSeconds.mean).toBeCloseTo(0.5)
  })
})
