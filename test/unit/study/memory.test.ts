import { describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import { studySchema, type Study } from '../../../preload/contract/study.ts'
import { predictMemory } from '../../../main/models/memory.ts'
import { memoryTaughtBefore, memoryTaughtBy } from '../../../main/study/memory.ts'
import { searchOf } from '../../../main/study/plan.ts'
import { card, factsOf, llama8b, machineWith } from '../models/shapes.ts'
import { aPlan, aStudy, aTrial, configured, okOutcome } from './builders.ts'

const facts = factsOf(llama8b)
const onCard = { machine: machineWith([card(8192, 7600)]), model: { ...aStudy().model, facts } }

const predicted = (study: Study, num_gpu: number) =>
  predictMemory({
    facts: study.model.facts,
    configuration: { ...automatic, num_gpu },
    contextLength: study.request.contextLength,
    machine: study.machine,
    features: study.daemon.features,
  })

/** A study whose baseline loaded with so many layers on the card and took so much more than predicted. */
function loadedWith(
  layers: number,
  more: { ramMiB: number; vramMiB: number },
  change: Partial<Omit<Study, 'trials'>> = {},
) {
  const { ramMiB, vramMiB } = predicted(aStudy(onCard), layers)
  const outcome = okOutcome({ ramMiB: ramMiB + more.ramMiB, vramMiB: vramMiB + more.vramMiB })
  return aStudy({ ...onCard, ...change, trials: [{ purpose: 'baseline', outcome }] })
}

describe('the memory that the first load took', () => {
  it('corrects what is predicted for the rest of the study', () => {
    const study = loadedWith(20, { ramMiB: 40, vramMiB: 60 })
    const before = searchOf({ ...study, trials: [] }).problem
    const after = searchOf(study).problem
    const twenty = configured({ num_gpu: 20 })
    expect(after.predictMemory(twenty).vramMiB).toBeCloseTo(before.predictMemory(twenty).vramMiB + 60)
    expect(after.predictMemory(twenty).ramMiB).toBeCloseTo(before.predictMemory(twenty).ramMiB + 40)
  })

  it('moves the boundary of what is tried', () => {
    const small = { machine: machineWith([card(4096, 3800)]), model: { ...onCard.model, parameters: { num_gpu: 12 } } }
    const study = aStudy({ ...small, plan: { ...aPlan, baseline: configured({ num_gpu: 12 }) } })
    const mostLayers = (study: Study) => Math.max(...searchOf(study).space.candidates.map(({ num_gpu }) => num_gpu))
    const { ramMiB, vramMiB } = predicted(study, 12)
    const trials = [aTrial(1, { purpose: 'baseline', outcome: okOutcome({ ramMiB, vramMiB: vramMiB + 350 }) })]
    expect(mostLayers({ ...study, trials })).toBeLessThan(mostLayers(study))
  })

  it('teaches nothing before there is one, or where it is inexplicable', () => {
    expect(memoryTaughtBy(aStudy(onCard))).toBeNull()
    expect(memoryTaughtBy(loadedWith(20, { ramMiB: 3000, vramMiB: 0 }))).toBeNull()
  })

  it('is known to the next study of the same model on the same computer, through its file', () => {
    const older = loadedWith(20, { ramMiB: 0, vramMiB: 10 })
    const newer = loadedWith(20, { ramMiB: 0, vramMiB: 90 })
    const memoryCalibration = memoryTaughtBefore([aStudy(onCard), newer, older], aStudy(onCard))
    expect(memoryCalibration).toEqual(memoryTaughtBy(newer))
    const next = studySchema.parse(JSON.parse(JSON.stringify(aStudy({ ...onCard, memoryCalibration }))))
    const twenty = configured({ num_gpu: 20 })
    expect(searchOf(next).problem.predictMemory(twenty).vramMiB).toBeCloseTo(predicted(next, 20).vramMiB + 90)
  })

  it('is no matter for another model or computer', () => {
    const other = { ...onCard.model, digest: 'sha256:other' }
    expect(
      memoryTaughtBefore([loadedWith(20, { ramMiB: 0, vramMiB: 60 }, { model: other })], aStudy(onCard)),
    ).toBeNull()
    const larger = { machine: { ...onCard.machine, gpus: [card(24_576, 24_000), card(24_576, 24_000)] } }
    expect(memoryTaughtBefore([loadedWith(20, { ramMiB: 0, vramMiB: 60 }, larger)], aStudy(onCard))).toBeNull()
  })
})
