import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import { requestOptions } from '../../../main/measure/options.ts'
import { newestFeatures } from '../../../main/ollama/features.ts'

const modern = newestFeatures
const old = { ...modern, automaticBatch: false }

describe('requestOptions', () => {
  test.each([
    ['nothing but the context over a plain tag', automatic, {}, {}],
    ['what the configuration sets', { ...automatic, num_thread: 4 }, {}, { num_thread: 4 }],
    ['nothing of what the tag already sets', { ...automatic, num_thread: 4 }, { num_thread: 4 }, {}],
    ['a value that differs from the tag', { ...automatic, num_thread: 4 }, { num_thread: 16 }, { num_thread: 4 }],
    [
      "the daemon's words for automatic where the tag sets a value",
      automatic,
      { num_thread: 16, num_batch: 256, num_gpu: 10 },
      { num_thread: 0, num_batch: 0, num_gpu: -1 },
    ],
    ['nothing where the tag itself says automatic', automatic, { num_thread: 0, num_gpu: -1 }, {}],
    ['a mapping of the file', { ...automatic, use_mmap: false }, {}, { use_mmap: false }],
    ["the other mapping than the tag's", { ...automatic, use_mmap: true }, { use_mmap: false }, { use_mmap: true }],
    ['no mapping where the configuration leaves it open, whatever the tag says', automatic, { use_mmap: false }, {}],
    ['flash attention where it is switched', { ...automatic, flash_attention: false }, {}, { flash_attention: false }],
    ['a format of the cache', { ...automatic, kv_cache_type: 'q8_0' as const }, {}, { kv_cache_type: 'q8_0' }],
    [
      "no format that is the tag's already",
      { ...automatic, kv_cache_type: 'q8_0' as const },
      { kv_cache_type: 'q8_0' },
      {},
    ],
    ['no parameters that are not tuned', automatic, { temperature: 0.2, stop: ['a'], num_ctx: 8192 }, {}],
  ])('sends %s', (_, configuration, base, expected) => {
    expect(requestOptions(configuration, base, 4096, modern)).toEqual({ num_ctx: 4096, ...expected })
  })

  test('an old daemon refuses batch 0, so it is told its default instead', () => {
    expect(requestOptions(automatic, { num_batch: 64 }, 4096, old)).toEqual({ num_ctx: 4096, num_batch: 512 })
    expect(requestOptions(automatic, {}, 4096, old)).toEqual({ num_ctx: 4096 })
  })

  test('never sends null and always the context', () => {
    const configuration = fc.record({
      num_gpu: fc.integer({ min: -1, max: 40 }),
      num_thread: fc.integer({ min: 0, max: 64 }),
      num_batch: fc.integer({ min: 0, max: 2048 }),
      use_mmap: fc.constantFrom(true, false, null),
      flash_attention: fc.constantFrom(true, false, null),
      kv_cache_type: fc.constantFrom('f16', 'q8_0', 'q4_0', null),
      num_parallel: fc.constantFrom(1, 4, null),
    })
    const base = fc.record(
      { num_gpu: fc.integer(), num_thread: fc.integer(), num_batch: fc.integer(), use_mmap: fc.boolean() },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(configuration, base, fc.boolean(), (configuration, base, isModern) => {
        const options = requestOptions(configuration, base, 2048, isModern ? modern : old)
        return (
          options.num_ctx === 2048 && Object.values(options).every((value) => value !== null && value !== undefined)
        )
      }),
      { seed: 1 },
    )
  })
})
