import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrate, calibrated } from '../../../main/models/calibration.ts'
import { predictMemory } from '../../../main/models/memory.ts'
import { automatic, memoryCalibrationSchema, type Configuration } from '../../../preload/contract/model.ts'
import { card, factsOf, llama8b, machineWith, newDaemon } from './shapes.ts'

const facts = factsOf(llama8b)
const machine = machineWith([card(24_576, 24_000)])
const predict = (changes: Partial<Configuration>, contextLength = 4096) =>
  predictMemory({ facts, configuration: { ...automatic, ...changes }, contextLength, machine, features: newDaemon })

describe('a calibration', () => {
  it('makes the prediction of the load it was taken from right', () => {
    const prediction = predict({ num_gpu: 20, num_batch: 512 })
    const measured = { ramMiB: prediction.ramMiB + 130, vramMiB: prediction.vramMiB - 45 }
    const corrected = calibrated(prediction, calibrate(prediction, measured))
    expect(corrected.ramMiB).toBeCloseTo(measured.ramMiB)
    expect(corrected.vramMiB).toBeCloseTo(measured.vramMiB)
  })

  it('changes nothing where the prediction was right', () => {
    const prediction = predict({ num_gpu: 33, num_batch: 512 })
    const other = predict({ num_gpu: 10, num_batch: 2048 })
    expect(calibrated(other, calibrate(prediction, prediction)).vramMiB).toBeCloseTo(other.vramMiB)
  })

  it('expects scratch memory that was missing to grow with the batch', () => {
    const prediction = predict({ num_gpu: 33, num_batch: 512 })
    const calibration = calibrate(prediction, { ramMiB: 0, vramMiB: prediction.vramMiB + 10 })
    const larger = predict({ num_gpu: 33, num_batch: 2048 })
    expect(calibrated(larger, calibration).vramMiB).toBeCloseTo(larger.vramMiB + 40)
  })

  it('expects what scratch memory cannot explain to stay as it is', () => {
    const prediction = predict({ num_gpu: 33, num_batch: 64 })
    const calibration = calibrate(prediction, { ramMiB: 0, vramMiB: prediction.vramMiB + 800 })
    const larger = predict({ num_gpu: 33, num_batch: 128 })
    const scratch = prediction.parts.find(({ name }) => name === 'compute')?.vramMiB ?? 0
    expect(calibrated(larger, calibration).vramMiB).toBeCloseTo(larger.vramMiB + 800 + scratch / 2)
  })

  it('carries a scratch measured on the processor over to the GPU', () => {
    const prediction = predict({ num_gpu: 0, num_batch: 512 })
    const calibration = calibrate(prediction, { ramMiB: prediction.ramMiB + 16, vramMiB: 0 })
    const offloaded = predict({ num_gpu: 33, num_batch: 512 })
    expect(calibrated(offloaded, calibration).vramMiB).toBeCloseTo(offloaded.vramMiB + 16)
  })

  it('keeps to its side what scratch memory does not explain', () => {
    const onGpu = predict({ num_gpu: 33, num_batch: 64 })
    const calibration = calibrate(onGpu, { ramMiB: 0, vramMiB: onGpu.vramMiB + 3000 })
    const onCpu = predict({ num_gpu: 0, num_batch: 64 })
    expect(calibrated(onCpu, calibration).ramMiB).toBeLessThan(onCpu.ramMiB + 50)
  })

  it('survives being written to a file', () => {
    const prediction = predict({ num_gpu: 12 })
    const calibration = calibrate(prediction, { ramMiB: 3000, vramMiB: 2000 })
    expect(memoryCalibrationSchema.parse(JSON.parse(JSON.stringify(calibration)))).toEqual(calibration)
  })

  it('scales the cache where the daemon’s log tells its size', () => {
    const prediction = predict({ num_gpu: 33 })
    const measured = { ramMiB: 0, vramMiB: prediction.vramMiB - 256, keyValueCache: { ramMiB: 0, vramMiB: 256 } }
    const longer = predict({ num_gpu: 33 }, 8192)
    const cache = calibrated(longer, calibrate(prediction, measured)).parts.find(({ name }) => name === 'keyValueCache')
    expect(cache?.vramMiB).toBeCloseTo(512)
  })

  it('never makes memory negative or not a number, whatever was measured', () => {
    const sizes = fc.double({ min: 0, max: 200_000, noNaN: true })
    const configurations = fc.record({
      num_gpu: fc.integer({ min: 0, max: 40 }),
      num_batch: fc.integer({ min: 1, max: 4096 }),
    })
    fc.assert(
      fc.property(configurations, configurations, sizes, sizes, (first, second, ramMiB, vramMiB) => {
        const { parts } = calibrated(predict(second), calibrate(predict(first), { ramMiB, vramMiB }))
        expect(parts.every((part) => part.ramMiB >= 0 && part.vramMiB >= 0)).toBe(true)
      }),
      { seed: 11, numRuns: 300 },
    )
  })
})
