import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ModelMetadata, factsFromMetadata } from '../../../main/models/facts.ts'
import { AttuneError } from '../../../preload/contract/errors.ts'
import { modelFactsSchema } from '../../../preload/contract/model.ts'
import { factsOf, layerTensors, llama8b, metadataOf, recordedMetadata } from './shapes.ts'

/** Metadata of an 8B model with other keys of its architecture, and perhaps other tensors. */
function llama8bWith(keys: Record<string, unknown>, tensors?: ModelMetadata['tensors']): ModelMetadata {
  const metadata = metadataOf(llama8b)
  const changes = Object.entries(keys).map(([key, value]) => [`llama.${key}`, value])
  return {
    ...metadata,
    modelInfo: { ...metadata.modelInfo, ...Object.fromEntries(changes) },
    tensors: tensors ?? metadata.tensors,
  }
}

describe('facts of a recorded model', () => {
  it('are those of the file', () => {
    const facts = factsFromMetadata(recordedMetadata('0.32.15/show-small85.json'))
    expect(facts).toEqual({
      architecture: 'llama',
      parameterCount: 158_360_576,
      quantization: 'Q4_0',
      blockCount: 12,
      trainedContextLength: 8192,
      embeddingLength: 1024,
      feedForwardLength: 2816,
      headCount: 16,
      headCountKv: Array.from({ length: 12 }, () => 8),
      keyLength: 64,
      valueLength: 64,
      slidingWindow: null,
      vocabularySize: 8192,
      expertCount: 0,
      expertUsedCount: 0,
      layerBytes: Array.from({ length: 12 }, () => 6_643_712),
      outputBytes: 4_718_592 + 4096,
      tokenEmbeddingBytes: 4_718_592,
      projectorBytes: 0,
      totalBytes: 12 * 6_643_712 + 2 * 4_718_592 + 4096,
      repackableLayerBytes: 12 * (6_643_712 - 2 * 4096),
      repackableOutputBytes: 4_718_592,
      isArchitectureKnown: true,
    })
  })

  it('are the same from either version of the daemon', () => {
    const old = factsFromMetadata(recordedMetadata('0.20.7/show.json'))
    expect(old).toEqual(factsFromMetadata(recordedMetadata('0.32.15/show.json')))
  })

  it('are the same with and without the arrays of a verbose answer', () => {
    const brief = factsFromMetadata(recordedMetadata('0.32.15/show-tiny30.json'))
    expect(brief).toEqual(factsFromMetadata(recordedMetadata('0.32.15/show-verbose.json')))
  })
})

describe('weights', () => {
  it('of Llama 3.1 8B in Q4_K_M have the sizes of the published file', () => {
    const moreBits = (name: string) => /\.(attn_v|ffn_down)\./.test(name)
    const tensors = metadataOf(llama8b).tensors.map((tensor) =>
      moreBits(tensor.name) ? { ...tensor, type: 'Q6_K' } : tensor,
    )
    const facts = factsFromMetadata(llama8bWith({}, tensors))
    expect(facts.layerBytes[0]).toBe(138_903_552 + 2 * 4 * 4096)
    expect(facts.outputBytes).toBe(430_940_160 + 4 * 4096)
    expect(facts.tokenEmbeddingBytes).toBe(295_501_824)
  })

  it('of a tied model count the embedding as output as well, but once in the total', () => {
    const facts = factsOf({ ...llama8b, isTied: true })
    expect(facts.outputBytes).toBe(facts.tokenEmbeddingBytes + 4 * 4096)
    const layers = facts.layerBytes.reduce((sum, bytes) => sum + bytes, 0)
    expect(facts.totalBytes).toBe(layers + facts.outputBytes)
  })

  it('of a type that nobody knows count as half precision', () => {
    const tensors = [{ name: 'blk.0.ffn_up.weight', type: 'Q99_Z', shape: [4096, 100] }]
    expect(factsFromMetadata(llama8bWith({}, tensors)).layerBytes[0]).toBe(2 * 409_600)
  })

  it('of a projector are kept apart, be it in the file or beside it', () => {
    const vision = { name: 'v.blk.0.attn_q.weight', type: 'F16', shape: [1024, 1024] }
    const inside = factsFromMetadata(llama8bWith({}, [...metadataOf(llama8b).tensors, vision]))
    expect(inside.projectorBytes).toBe(2 * 1024 * 1024)
    const projectorInfo = { 'general.parameter_count': 300_000_000 }
    expect(factsFromMetadata({ ...metadataOf(llama8b), projectorInfo }).projectorBytes).toBe(600_000_000)
  })
})

describe('KV heads', () => {
  it('are read off the key matrices where the daemon left the array out', () => {
    const fewerHeads = layerTensors({ ...llama8b, headCountKv: 2 }, 5)
    const tensors = metadataOf(llama8b).tensors.filter(({ name }) => !name.startsWith('blk.5.'))
    const facts = factsFromMetadata(llama8bWith({ 'attention.head_count_kv': null }, [...tensors, ...fewerHeads]))
    expect(facts.headCountKv[4]).toBe(8)
    expect(facts.headCountKv[5]).toBe(2)
  })

  it('are read off a fused matrix', () => {
    const fused = { name: 'blk.0.attn_qkv.weight', type: 'Q4_0', shape: [4096, (32 + 2 * 8) * 128] }
    const facts = factsFromMetadata(llama8bWith({ 'attention.head_count_kv': null }, [fused]))
    expect(facts.headCountKv[0]).toBe(8)
  })

  it('are all heads where nothing tells, which needs most memory', () => {
    const norm = { name: 'output_norm.weight', type: 'F32', shape: [4096] }
    const facts = factsFromMetadata(llama8bWith({ 'attention.head_count_kv': null }, [norm]))
    expect(facts.headCountKv).toEqual(Array.from({ length: 32 }, () => 32))
  })

  it('are taken from a verbose answer layer by layer', () => {
    const heads = Array.from({ length: 32 }, (_, layer) => (layer % 2 === 0 ? 4 : 0))
    expect(factsFromMetadata(llama8bWith({ 'attention.head_count_kv': heads })).headCountKv).toEqual(heads)
  })

  it('are none in state-space layers', () => {
    const stateSpace = { name: 'blk.0.ssm_in.weight', type: 'Q4_0', shape: [4096, 4096] }
    const tensors = [stateSpace, ...layerTensors(llama8b, 1)]
    expect(factsFromMetadata(llama8bWith({}, tensors)).headCountKv.slice(0, 2)).toEqual([0, 8])
  })

  it('are none but in every fourth layer if the file says so', () => {
    const tensors = [{ name: 'blk.0.ssm_a', type: 'F32', shape: [32] }]
    const facts = factsFromMetadata(llama8bWith({ full_attention_interval: 4 }, tensors))
    expect(facts.headCountKv.slice(0, 8)).toEqual([0, 0, 0, 8, 0, 0, 0, 8])
  })

  it('are none in layers that read the cache of another', () => {
    const facts = factsFromMetadata(llama8bWith({ 'attention.shared_kv_layers': 10 }))
    expect(facts.headCountKv.filter((heads) => heads === 0)).toHaveLength(10)
    expect(facts.headCountKv[21]).toBe(8)
    expect(facts.headCountKv[22]).toBe(0)
  })

  it('cache no values under multi-head latent attention', () => {
    const keys = { 'attention.key_length_mla': 192, 'attention.key_length': 576, 'attention.value_length': 512 }
    expect(factsFromMetadata(llama8bWith(keys))).toMatchObject({ keyLength: 576, valueLength: 0 })
  })
})

describe('a sliding window', () => {
  it('leaves every sixth layer of Gemma 3 whole', () => {
    const facts = factsOf({ ...llama8b, architecture: 'gemma3', slidingWindow: 1024 })
    expect(facts.slidingWindow).toBe(1024)
    expect(facts.slidingLayers?.slice(0, 7)).toEqual([true, true, true, true, true, false, true])
  })

  it('follows the pattern in the file', () => {
    const pattern = Array.from({ length: 32 }, (_, layer) => layer !== 3)
    const keys = { 'attention.sliding_window': 512, 'attention.sliding_window_pattern': pattern }
    expect(factsFromMetadata(llama8bWith(keys)).slidingLayers).toEqual(pattern)
  })

  it('does not count for architectures whose engine ignores it', () => {
    const facts = factsOf({ ...llama8b, slidingWindow: 4096 })
    expect(facts.slidingWindow).toBeNull()
    expect(facts).not.toHaveProperty('slidingLayers')
  })
})

describe('metadata', () => {
  const isUnsupported = (error: unknown) => error instanceof AttuneError && error.code === 'modelUnsupported'

  it.each([
    ['no architecture', { ...metadataOf(llama8b), modelInfo: {} }],
    ['no layers', llama8bWith({ block_count: null })],
    ['more layers than can be', llama8bWith({ block_count: 1e9 })],
    ['no embedding length', llama8bWith({ embedding_length: 'wide' })],
    ['no tensors', { ...metadataOf(llama8b), tensors: [] }],
  ])('with %s is refused', (_, metadata) => {
    expect(() => factsFromMetadata(metadata)).toThrow(expect.toSatisfy(isUnsupported))
  })

  it('of a GGUF header may hold big integers', () => {
    expect(factsFromMetadata(llama8bWith({ context_length: 8192n })).trainedContextLength).toBe(8192)
  })

  it('of any kind gives valid facts or is refused', () => {
    const value = fc.oneof(fc.integer(), fc.nat(64), fc.constant(null), fc.array(fc.nat(99)), fc.string(), fc.boolean())
    const keys = Object.keys(metadataOf(llama8b).modelInfo).filter((key) => key !== 'general.architecture')
    const tensor = fc.record({
      name: fc.oneof(fc.constantFrom(...metadataOf(llama8b).tensors.map(({ name }) => name)), fc.string()),
      type: fc.oneof(fc.constantFrom('Q4_K', 'F32'), fc.string()),
      shape: fc.array(fc.nat(5000), { maxLength: 4 }),
    })
    const changes = fc.dictionary(fc.constantFrom(...keys), value)
    fc.assert(
      fc.property(changes, fc.array(tensor), (modelInfo, tensors) => {
        const metadata = { ...metadataOf(llama8b), tensors }
        metadata.modelInfo = { ...metadata.modelInfo, ...modelInfo }
        try {
          expect(modelFactsSchema.safeParse(factsFromMetadata(metadata)).error).toBeUndefined()
        } catch (error) {
          if (!isUnsupported(error)) throw error
        }
      }),
      { seed: 11, numRuns: 500 },
    )
  })
})
