import { describe, expect, it } from 'vitest'
import { calibrate, calibrated } from '../../../main/models/calibration.ts'
import type { MemoryPartName } from '../../../main/models/placement.ts'
import type { RecordedLoad } from '../../bench/memory/recorded.ts'
import { measuredShapes, predictLoad, totalOf } from './measured.ts'

const shapes = measuredShapes()
const ramOf = (prediction: ReturnType<typeof predictLoad>, names: MemoryPartName[]) =>
  prediction.parts.filter(({ name }) => names.includes(name)).reduce((sum, { ramMiB }) => sum + ramMiB, 0)
const label = ({ contextLength, batch, hasFlashAttention, cacheType }: RecordedLoad) =>
  `${contextLength} tokens, batch ${batch}, flash attention ${hasFlashAttention}, ${cacheType}`

describe.each(shapes.map((shape) => [shape.name, shape] as const))('the memory of %s', (_, { facts, loads }) => {
  it('is within 8 % of what llama.cpp allocated', () => {
    for (const load of loads) {
      expect(Math.abs(predictLoad(facts, load).ramMiB / totalOf(load) - 1), label(load)).toBeLessThan(0.08)
    }
  })

  it('has weights that are right to a part in a thousand', () => {
    for (const load of loads) {
      const weights = ramOf(predictLoad(facts, load), ['layers', 'tokenEmbedding', 'outputLayer'])
      expect(Math.abs(weights / load.weightsMiB - 1), label(load)).toBeLessThan(0.001)
    }
  })

  it('has a cache within a few hundred cells of its own', () => {
    for (const load of loads) {
      const cache = ramOf(predictLoad(facts, load), ['keyValueCache', 'recurrentState'])
      expect(Math.abs(cache - load.cacheMiB), label(load)).toBeLessThan(0.03 + 0.13 * load.cacheMiB)
    }
  })

  it('is known better once one load of the same context has been measured', () => {
    const isBaseline = (load: RecordedLoad) => load.batch === 512 && load.hasFlashAttention && load.cacheType === 'f16'
    const others = loads.filter((load) => load.hasFlashAttention && load.cacheType === 'f16' && load.batch === 2048)
    for (const load of others) {
      const baseline = loads.find((other) => isBaseline(other) && other.contextLength === load.contextLength)
      if (!baseline) throw new Error('the grid has a baseline for each context')
      const calibration = calibrate(predictLoad(facts, baseline), { ramMiB: totalOf(baseline), vramMiB: 0 })
      const { ramMiB } = calibrated(predictLoad(facts, load), calibration)
      expect(Math.abs(ramMiB / totalOf(load) - 1), label(load)).toBeLessThan(0.03)
    }
  })
})

describe('all shapes together', () => {
  const errors = shapes
    .flatMap(({ facts, loads }) => loads.map((load) => Math.abs(predictLoad(facts, load).ramMiB / totalOf(load) - 1)))
    .sort((a, b) => a - b)

  it('are right within half a percent in more than half of the loads', () => {
    expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(0.005)
  })

  it('are right within 3 % in nine of ten', () => {
    expect(errors[Math.floor(0.9 * errors.length)]).toBeLessThan(0.03)
  })
})
