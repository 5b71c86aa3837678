import { describe, expect, it } from 'vitest'
import { resolveOptions, type RawOptions } from '../../../main/engine/runner/options.ts'
import {
  automaticBatch,
  chosenSettings,
  defaultContext,
  needsReload,
  requestedSettings,
} from '../../../main/engine/runner/settings.ts'

const trained = 32_768

function wanted(options: RawOptions, shift = true) {
  return requestedSettings(resolveOptions({}, options, 4096), shift)
}

/** Whether a model loaded with `first` must be reloaded for `second`. */
function reloads(first: RawOptions, second: RawOptions, shifts: [boolean, boolean] = [true, true]): boolean {
  return needsReload(chosenSettings(wanted(first, shifts[0]), trained, false), wanted(second, shifts[1]), trained)
}

describe('reloading', () => {
  it.each<[string, RawOptions]>([
    ['num_ctx', { num_ctx: 2048 }],
    ['num_batch', { num_batch: 256 }],
    ['num_thread', { num_thread: 1 }],
    ['main_gpu', { main_gpu: 0 }],
    ['draft_num_predict', { draft_num_predict: 2 }],
    ['use_mmap true', { use_mmap: true }],
    ['an explicit num_gpu', { num_gpu: 0 }],
  ])('happens when %s is set', (_, options) => {
    expect(reloads({}, options)).toBe(true)
    expect(reloads(options, options)).toBe(false)
  })

  it.each<[string, RawOptions]>([
    ['num_thread', { num_thread: 1 }],
    ['num_batch other than 512', { num_batch: 256 }],
    ['main_gpu', { main_gpu: 0 }],
    ['num_ctx', { num_ctx: 2048 }],
    ['use_mmap true', { use_mmap: true }],
  ])('happens when %s is left out after it was set', (_, options) => {
    expect(reloads(options, {})).toBe(true)
  })

  it.each<RawOptions>([
    { temperature: 0.1 },
    { top_k: 5 },
    { num_predict: 7 },
    { seed: 1 },
    { stop: ['x'] },
    { num_keep: 9 },
    { repeat_last_n: 3 },
    { use_mmap: false },
    { num_batch: 512 },
  ])('does not happen for %j on a processor', (options) => {
    expect(reloads({}, options)).toBe(false)
  })

  it('does not happen when num_gpu is left out or −1 after explicit layers, so those stay', () => {
    expect(reloads({ num_gpu: 5 }, {})).toBe(false)
    expect(reloads({ num_gpu: 5 }, { num_gpu: -1 })).toBe(false)
    expect(reloads({ num_gpu: 5 }, { num_gpu: 6 })).toBe(true)
  })

  it('compares a batch left out after an explicit one with 512', () => {
    expect(reloads({ num_batch: 512 }, {})).toBe(false)
    expect(reloads({ num_batch: 1024, num_ctx: 8192 }, { num_ctx: 8192 })).toBe(true)
  })

  it('happens when the shift of the context changes', () => {
    expect(reloads({}, {}, [true, false])).toBe(true)
  })

  it('does not happen between context lengths that are clamped to the same one', () => {
    expect(reloads({ num_ctx: 100_000 }, { num_ctx: 200_000 })).toBe(false)
    expect(reloads({ num_ctx: 1 }, { num_ctx: -5 })).toBe(false)
  })
})

describe('automatic choices', () => {
  it('clamp the context to the trained length, and to four tokens', () => {
    expect(chosenSettings(wanted({ num_ctx: 100_000 }), trained, false).numCtx).toBe(trained)
    expect(chosenSettings(wanted({ num_ctx: -5 }), trained, false).numCtx).toBe(4)
  })

  it('follow the context with the batch', () => {
    expect([4096, 4097, 32_768, 32_769].map(automaticBatch)).toEqual([512, 1024, 1024, 2048])
    expect(chosenSettings(wanted({ num_ctx: 8192 }), trained, false).numBatch).toBe(1024)
  })

  it('map the file only where a graphics card takes part', () => {
    expect(chosenSettings(wanted({}), trained, false).useMmap).toBe(false)
    expect(chosenSettings(wanted({}), trained, true).useMmap).toBe(true)
    expect(chosenSettings(wanted({ num_gpu: 0 }), trained, true).useMmap).toBe(false)
    expect(chosenSettings(wanted({ use_mmap: true }), trained, false).useMmap).toBe(true)
  })

  it('give larger graphics memory a longer default context', () => {
    expect([0, 22, 23, 47].map((gibibytes) => defaultContext(gibibytes * 2 ** 30))).toEqual([
      4096, 4096, 32_768, 262_144,
    ])
  })
})
