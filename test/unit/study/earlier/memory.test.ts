import { describe, expect, it } from 'vitest'
import { studySchema, type Study } from '../../../../preload/contract/study.ts'
import { predictMemory } from '../../../../main/models/memory.ts'
import { memoryTaughtBefore, memoryTaughtBy } from '../../../../main/study/earlier/memory.ts'
import { searchOf } from '../../../../main/study/plan.ts'
import { card, factsOf, llama8b, machineWith } from '../../models/shapes.ts'
import { aStudy, configured, okOutcome } from '../builders.ts'

const onProcessor = { machine: machineWith([]), model: { ...aStudy().model, facts: factsOf(llama8b) } }
const large = configured({ num_batch: 2048 })

const predicted = (study: Study, configuration = configured()) =>
  predictMemory({
    facts: study.model.facts,
    configuration,
    contextLength: study.request.contextLength,
    machine: study.machine,
    features: study.daemon.features,
  })

/** A study whose baseline took so much more memory than predicted. */
function loadedWith(moreMiB: number, change: Partial<Omit<Study, 'trials'>> = {}): Study {
  const study = aStudy({ ...onProcessor, ...change })
  const { ramMiB, vramMiB } = predicted(study)
  const outcome = okOutcome({ ramMiB: ramMiB + moreMiB, vramMiB })
  return aStudy({ ...onProcessor, ...change, trials: [{ purpose: 'baseline', outcome }] })
}

describe('the memory that the first load took', () => {
  it('corrects what is predicted for the rest of the study', () => {
    const study = loadedWith(60)
    const after = searchOf(study).problem
    expect(after.predictMemory(configured()).ramMiB).toBeCloseTo(predicted(study).ramMiB + 60)
    expect(after.predictMemory(large).ramMiB).toBeGreaterThan(predicted(study, large).ramMiB + 60)
  })

  it('moves the boundary of what is tried', () => {
    const { ramMiB } = predicted(aStudy(onProcessor), large)
    const { memory } = onProcessor.machine
    const tight = { ...onProcessor.machine, memory: { ...memory, availableMiB: ramMiB + 0.05 * memory.totalMiB + 50 } }
    const triesLarge = (study: Study) => searchOf(study).space.candidates.some(({ num_batch }) => num_batch === 2048)
    expect(triesLarge(aStudy({ ...onProcessor, machine: tight }))).toBe(true)
    expect(triesLarge(loadedWith(60, { machine: tight }))).toBe(false)
  })

  it('teaches nothing before there is one, where it is inexplicable, or with a part on a graphics card', () => {
    expect(memoryTaughtBy(aStudy(onProcessor))).toBeNull()
    expect(memoryTaughtBy(loadedWith(3000))).toBeNull()
    expect(memoryTaughtBy(loadedWith(60, { machine: machineWith([card(8192, 7600)]) }))).toBeNull()
  })

  it('is known to the next study of the same model on the same computer, through its file', () => {
    const [older, newer] = [loadedWith(10), loadedWith(90)]
    const memoryCalibration = memoryTaughtBefore([aStudy(onProcessor), newer, older], aStudy(onProcessor))
    expect(memoryCalibration).toEqual(memoryTaughtBy(newer))
    const next = studySchema.parse(JSON.parse(JSON.stringify(aStudy({ ...onProcessor, memoryCalibration }))))
    expect(searchOf(next).problem.predictMemory(configured()).ramMiB).toBeCloseTo(predicted(next).ramMiB + 90)
  })

  it('is no matter for another model or computer', () => {
    const model = { ...onProcessor.model, digest: 'sha256:other' }
    expect(memoryTaughtBefore([loadedWith(60, { model })], aStudy(onProcessor))).toBeNull()
    const machine = { ...onProcessor.machine, cpu: { ...onProcessor.machine.cpu, name: 'Another' } }
    expect(memoryTaughtBefore([loadedWith(60, { machine })], aStudy(onProcessor))).toBeNull()
  })
})
