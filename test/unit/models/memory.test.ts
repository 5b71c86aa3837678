import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { resolveBatch } from '../../../main/models/batch.ts'
import { cpuComputeBytes } from '../../../main/models/compute-buffers.ts'
import { factsFromMetadata } from '../../../main/models/facts.ts'
import { predictMemory } from '../../../main/models/memory.ts'
import { type MemoryPartName, keyValueBytes } from '../../../main/models/placement.ts'
import { type Configuration, type ModelFacts, automatic } from '../../../preload/contract/model.ts'
import { measuredShapes } from './measured.ts'
import { card, factsOf, llama8b, machineWith, newDaemon, oldDaemon, recordedBody, recordedMetadata } from './shapes.ts'

const MiB = 2 ** 20
const noGpu = machineWith([])
const roomy = machineWith([card(49_152, 48_000)])
const small85 = factsFromMetadata(recordedMetadata('0.32.15/show-small85.json'))
const tiny30 = factsFromMetadata(recordedMetadata('0.32.15/show-tiny30.json'))

function predict(facts: ModelFacts, contextLength: number, changes: Partial<Configuration> = {}, machine = noGpu) {
  const configuration = { ...automatic, ...changes }
  return predictMemory({ facts, configuration, contextLength, machine, features: newDaemon })
}

function vramOf(name: MemoryPartName, prediction: ReturnType<typeof predict>): number {
  return prediction.parts.find((part) => part.name === name)?.vramMiB ?? Number.NaN
}

const psSchema = z.object({
  models: z.array(z.object({ name: z.string(), size: z.number(), context_length: z.number() })),
})

describe('memory on the CPU', () => {
  it.each([
    ['0.32.15/ps-loaded.json', small85, 'small85:latest', 0],
    ['0.32.15/ps-two.json', small85, 'small85:latest', 0],
    ['0.32.15/ps-two-models.json', tiny30, 'tiny30:latest', 0],
    ['0.32.15/ps-tuned-shares-runner.json', tiny30, 'tiny30:latest', 256],
  ])('is what the daemon reported, within 6 %% (%s)', (file, facts, name, num_batch) => {
    const loaded = psSchema.parse(recordedBody(file)).models.find((model) => model.name === name)
    expect(loaded).toBeDefined()
    const { ramMiB, vramMiB } = predict(facts, loaded?.context_length ?? 0, { num_batch })
    expect(Math.abs(ramMiB / ((loaded?.size ?? 0) / MiB) - 1)).toBeLessThan(0.06)
    expect(vramMiB).toBe(0)
  })

  const deepModel = {
    architecture: 'llama',
    blockCount: 22,
    embeddingLength: 768,
    feedForwardLength: 2048,
    headCount: 12,
    headCountKv: 4,
    headLength: 64,
    vocabularySize: 8192,
  }
  const measured: [contextLength: number, num_batch: number, use_mmap: boolean | null, MiB: number][] = [
    [2048, 0, null, 145.17],
    [2048, 32, null, 126.41],
    [2048, 2048, null, 205.21],
    [4096, 0, null, 191.17],
    [8192, 0, null, 309.18],
    [8192, 512, null, 283.17],
    [2048, 0, true, 218.57],
    [2048, 0, false, 145.17],
  ]
  it.each(measured)('is within 2 %% of Ollama 0.33: %i tokens, batch %i, mapped %s: %d MiB', (...row) => {
    const [contextLength, num_batch, use_mmap, reportedMiB] = row
    const { ramMiB } = predict(factsOf(deepModel), contextLength, { num_batch, use_mmap })
    expect(Math.abs(ramMiB / reportedMiB - 1)).toBeLessThan(0.02)
  })

  it.each([
    [32, 135],
    [512, 162],
    [2048, 247],
  ])('follows num_batch %i as it was measured, within 4 %%', (num_batch, measuredMiB) => {
    const { ramMiB } = predict(small85, 2048, { num_batch })
    expect(Math.abs(ramMiB / measuredMiB - 1)).toBeLessThan(0.04)
  })

  it('is reported without scratch memory by daemons before 0.30', () => {
    const loaded = psSchema.parse(recordedBody('0.20.7/ps-loaded.json')).models[0]
    const facts = factsFromMetadata(recordedMetadata('0.20.7/show.json'))
    const question = { facts, configuration: automatic, contextLength: 2048, machine: noGpu, features: oldDaemon }
    expect(predictMemory(question).ramMiB).toBeCloseTo((loaded?.size ?? 0) / MiB, 1)
    const mapped = { ...question, configuration: { ...automatic, use_mmap: true, num_batch: 2048 } }
    expect(predictMemory(mapped).ramMiB).toBeCloseTo((loaded?.size ?? 0) / MiB, 1)
  })

  it('doubles the repacked weights of a mapped file: 80.4 MiB in llama.cpp’s log', () => {
    const mapped = predict(small85, 2048, { use_mmap: true }).ramMiB
    expect(mapped - predict(small85, 2048, { use_mmap: false }).ramMiB).toBeCloseTo(80.4, 1)
  })

  it('stops growing at the context the model was trained for', () => {
    expect(predict(small85, 100_000)).toEqual(predict(small85, 8192))
  })
})

describe('scratch memory', () => {
  const fixture = path.join(import.meta.dirname, '../../fixtures/models/scratch-memory.json')
  const schema = z.object({
    shapes: z.array(
      z.object({
        name: z.string(),
        architecture: z.string(),
        blockCount: z.number(),
        embeddingLength: z.number(),
        feedForwardLength: z.number(),
        headCount: z.number(),
        headCountKv: z.number(),
        headLength: z.number(),
        vocabularySize: z.number(),
        slidingWindow: z.number().nullable(),
        measured: z.array(z.object({ contextLength: z.number(), batch: z.number(), scratchMiB: z.number() })),
      }),
    ),
  })
  const { shapes } = schema.parse(JSON.parse(readFileSync(fixture, 'utf8')))

  it.each(shapes.map((shape) => [shape.name, shape] as const))('of %s is within 8 %% of llama.cpp', (_, shape) => {
    const facts = factsOf(shape)
    for (const { contextLength, batch, scratchMiB } of shape.measured) {
      const state = {
        facts,
        features: newDaemon,
        gpuLayers: 0,
        contextLength,
        batch,
        parallel: 1,
        isMapped: false,
        hasFlashAttention: true,
      }
      const predicted = (cpuComputeBytes(state) - 4 * facts.vocabularySize) / MiB
      expect(Math.abs(predicted / scratchMiB - 1), `${contextLength} tokens, batch ${batch}`).toBeLessThan(0.08)
    }
  })
})

describe('flash attention', () => {
  it('saves the scores of every head over the whole context', () => {
    const state = {
      facts: factsOf(llama8b),
      features: newDaemon,
      gpuLayers: 0,
      contextLength: 4096,
      batch: 512,
      parallel: 1,
      isMapped: false,
    }
    const withIt = cpuComputeBytes({ ...state, hasFlashAttention: true })
    const without = cpuComputeBytes({ ...state, hasFlashAttention: false })
    expect((without - withIt) / MiB).toBeGreaterThan(0)
    expect(without / MiB).toBeGreaterThan((4 * 512 * 32 * 4096) / MiB)
  })
})

describe('the KV cache', () => {
  const cacheMiB = (facts: ModelFacts, contextLength: number, batch: number, parallel = 1) => {
    const state = {
      facts,
      features: newDaemon,
      gpuLayers: 0,
      contextLength,
      batch,
      parallel,
      isMapped: false,
      hasFlashAttention: true,
    }
    return keyValueBytes(state).reduce((sum, bytes) => sum + bytes, 0) / MiB
  }

  it('of an 8B model takes 128 KiB a token', () => {
    expect(cacheMiB(factsOf(llama8b), 4096, 512)).toBe(512)
  })

  it('of each conversation comes on top', () => {
    expect(cacheMiB(factsOf(llama8b), 4096, 512, 3)).toBe(3 * 512)
  })

  it('of Gemma 2 2B is what llama.cpp allocates: 416 MiB whole and 260 MiB in windows', () => {
    const gemma2 = {
      architecture: 'gemma2',
      blockCount: 26,
      embeddingLength: 2304,
      feedForwardLength: 9216,
      headCount: 8,
      headCountKv: 4,
      headLength: 256,
      vocabularySize: 256_000,
      slidingWindow: 4096,
    }
    expect(cacheMiB(factsOf(gemma2), 8192, 1024)).toBe(416 + 260)
  })
})

describe('a quantised cache', () => {
  const cacheOf = (cacheType: 'f16' | 'q8_0' | 'q4_0') => {
    const configuration = { ...automatic, kv_cache_type: cacheType }
    const question = { facts: factsOf(llama8b), configuration, contextLength: 4096, machine: noGpu }
    const { parts } = predictMemory({ ...question, features: newDaemon })
    return parts.find(({ name }) => name === 'keyValueCache')?.ramMiB
  }

  it('takes 8.5 or 4.5 bits a number instead of 16', () => {
    expect([cacheOf('f16'), cacheOf('q8_0'), cacheOf('q4_0')]).toEqual([512, 272, 144])
  })
})

describe('an unknown architecture', () => {
  const known = factsOf(llama8b)
  const unknown = factsOf({ ...llama8b, architecture: 'something-new' })

  it('is said to be one', () => {
    expect(predict(unknown, 4096).reservations).toEqual([
      { code: 'memory.unknownArchitecture', values: { architecture: 'something-new' } },
    ])
    expect(predict(known, 4096).reservations).toEqual([])
  })

  it('is given more scratch memory than a known one of the same widths', () => {
    expect(predict(unknown, 4096).ramMiB).toBeGreaterThan(predict(known, 4096).ramMiB + 50)
  })
})

describe('state-space layers', () => {
  it('keep a state for each conversation, whatever the context', () => {
    const facts = { ...factsOf(llama8b), recurrentBytes: Array.from({ length: 32 }, () => MiB) }
    const stateOf = (contextLength: number, num_parallel: number) =>
      predictMemory({
        facts,
        configuration: { ...automatic, num_parallel },
        contextLength,
        machine: noGpu,
        features: newDaemon,
      }).parts.find(({ name }) => name === 'recurrentState')?.ramMiB
    expect([stateOf(2048, 1), stateOf(8192, 1), stateOf(2048, 3)]).toEqual([32, 32, 96])
  })
})

describe('memory on a GPU', () => {
  const facts = factsOf(llama8b)

  it('is reported alone when everything is offloaded', () => {
    const full = predict(facts, 4096, { num_gpu: 33 }, roomy)
    expect(full.ramMiB).toBe(0)
    expect(vramOf('keyValueCache', full)).toBe(512)
    expect(vramOf('tokenEmbedding', full)).toBe(0)
  })

  it('needs the scratch memory that llama.cpp logs for Llama 3 8B, within 8 %', () => {
    const scratch = vramOf('compute', predict(facts, 4096, { num_gpu: 33 }, roomy))
    expect(Math.abs(scratch / 258.5 - 1)).toBeLessThan(0.08)
  })

  it('makes room for the output layer that old daemons leave behind (669.48 MiB logged)', () => {
    const question = { facts, contextLength: 4096, machine: roomy, features: oldDaemon }
    const prediction = predictMemory({ ...question, configuration: { ...automatic, num_gpu: 20 } })
    expect(Math.abs(vramOf('compute', prediction) / 669.48 - 1)).toBeLessThan(0.08)
  })

  it('takes the output layer with the first layer since 0.30, with the last before', () => {
    const output = (num_gpu: number, features: typeof newDaemon) => {
      const question = { facts, contextLength: 4096, machine: roomy, features }
      return vramOf('outputLayer', predictMemory({ ...question, configuration: { ...automatic, num_gpu } })) > 0
    }
    expect([output(1, newDaemon), output(32, newDaemon), output(33, newDaemon)]).toEqual([true, true, true])
    expect([output(1, oldDaemon), output(32, oldDaemon), output(33, oldDaemon)]).toEqual([false, false, true])
  })

  it('is none if num_gpu is 0 or there is no GPU', () => {
    expect(predict(facts, 4096, { num_gpu: 0 }, roomy).vramMiB).toBe(0)
    expect(predict(facts, 4096, { num_gpu: 33 }, noGpu)).toMatchObject({ vramMiB: 0, gpuLayers: 0 })
  })

  it('left to the daemon stays within the free memory less its reserve', () => {
    const prediction = predict(facts, 4096, {}, machineWith([card(8188, 4500)]))
    expect(prediction.gpuLayers).toBeGreaterThan(0)
    expect(prediction.gpuLayers).toBeLessThan(33)
    expect(prediction.vramMiB).toBeLessThanOrEqual(4500 - 1024)
  })
})

describe('an automatic batch', () => {
  const batchOf = (contextLength: number, machine = noGpu, features = newDaemon) =>
    resolveBatch({ facts: factsOf(llama8b), batch: 0, contextLength, parallel: 1, machine, features })

  it('grows with the context', () => {
    expect([4096, 4097, 32_768, 32_769].map((tokens) => batchOf(tokens))).toEqual([512, 1024, 1024, 2048])
  })

  it('stays small where graphics memory is short', () => {
    expect(batchOf(8192, machineWith([card(8192, 7000)]))).toBe(512)
    expect(batchOf(8192, machineWith([card(24_576, 24_000)]))).toBe(1024)
  })

  it('was always 512 before 0.30', () => {
    expect(batchOf(65_536, noGpu, oldDaemon)).toBe(512)
  })

  it('never exceeds the context', () => {
    expect(batchOf(256)).toBe(256)
  })
})

describe('every prediction', () => {
  const shapes = fc.record({
    architecture: fc.constantFrom('llama', 'gemma3', 'gpt-oss'),
    blockCount: fc.integer({ min: 1, max: 40 }),
    embeddingLength: fc.integer({ min: 1, max: 64 }).map((blocks) => 256 * blocks),
    feedForwardLength: fc.integer({ min: 1, max: 64 }).map((blocks) => 256 * blocks),
    headCount: fc.integer({ min: 1, max: 64 }),
    headCountKv: fc.integer({ min: 1, max: 16 }),
    headLength: fc.constantFrom(64, 128, 256),
    vocabularySize: fc.integer({ min: 256, max: 260_000 }),
    slidingWindow: fc.constantFrom(null, 512, 4096),
    isTied: fc.boolean(),
  })
  const configurations = fc.record({
    num_gpu: fc.integer({ min: -1, max: 50 }),
    num_thread: fc.constant(0),
    num_batch: fc.integer({ min: 0, max: 4096 }),
    use_mmap: fc.constantFrom(true, false, null),
    flash_attention: fc.constantFrom(true, false, null),
    kv_cache_type: fc.constantFrom('f16', 'q8_0', 'q4_0', null),
    num_parallel: fc.option(fc.integer({ min: 1, max: 4 })),
  })
  const machines = fc
    .array(fc.integer({ min: 0, max: 80_000 }), { maxLength: 3 })
    .map((sizes) => machineWith(sizes.map((size) => card(size, 0.9 * size))))
  const questions = fc.record({
    facts: fc.oneof(shapes.map(factsOf), fc.constantFrom(...measuredShapes().map(({ facts }) => facts))),
    configuration: configurations,
    contextLength: fc.integer({ min: 512, max: 131_072 }),
    machine: machines,
    features: fc.constantFrom(newDaemon, oldDaemon),
  })
  const check = (test: Parameters<typeof fc.property<[Question]>>[1]) =>
    fc.assert(fc.property(questions, test), { seed: 5, numRuns: 300 })
  type Question = Parameters<typeof predictMemory>[0]

  const explicit = (question: Question, num_gpu: number, num_batch: number): Question => ({
    ...question,
    configuration: { ...question.configuration, num_gpu, num_batch },
  })

  it('is never negative, and the sum of its parts', () => {
    check((question) => {
      const { ramMiB, vramMiB, parts } = predictMemory(question)
      expect(parts.every((part) => part.ramMiB >= 0 && part.vramMiB >= 0)).toBe(true)
      expect(parts.reduce((sum, part) => sum + part.ramMiB, 0)).toBeCloseTo(ramMiB)
      expect(parts.reduce((sum, part) => sum + part.vramMiB, 0)).toBeCloseTo(vramMiB)
    })
  })

  it('moves memory to the GPU with every layer', () => {
    check((question) => {
      const layers = Math.min(Math.max(0, question.configuration.num_gpu), question.facts.blockCount)
      const [fewer, more] = [layers, layers + 1].map((count) => predictMemory(explicit(question, count, 512)))
      expect(more?.vramMiB).toBeGreaterThanOrEqual(fewer?.vramMiB ?? Infinity)
      expect(more?.ramMiB).toBeLessThanOrEqual((fewer?.ramMiB ?? 0) + 1e-9)
    })
  })

  it('grows with the batch', () => {
    check((question) => {
      const { num_gpu, num_batch } = question.configuration
      const layers = Math.max(0, num_gpu)
      const smaller = predictMemory(explicit(question, layers, Math.max(1, num_batch)))
      const larger = predictMemory(explicit(question, layers, Math.max(1, num_batch) + 64))
      expect(larger.ramMiB).toBeGreaterThanOrEqual(smaller.ramMiB)
      expect(larger.vramMiB).toBeGreaterThanOrEqual(smaller.vramMiB)
    })
  })

  it('grows with the context', () => {
    check((question) => {
      const fixed = explicit(question, Math.max(0, question.configuration.num_gpu), 256)
      const shorter = predictMemory(fixed)
      const longer = predictMemory({ ...fixed, contextLength: fixed.contextLength + 1024 })
      expect(longer.ramMiB).toBeGreaterThanOrEqual(shorter.ramMiB)
      expect(longer.vramMiB).toBeGreaterThanOrEqual(shorter.vramMiB)
    })
  })
})
