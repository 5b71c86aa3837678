import { describe, expect, it } from 'vitest'
import { fitPrompt } from '../../../main/engine/api/prompt.ts'
import { resolveOptions } from '../../../main/engine/runner/options.ts'
import { requestedSettings } from '../../../main/engine/runner/settings.ts'

function fit(length: number, numCtx: number, { mayTruncate = true, shift = true } = {}): number[] {
  const resolved = resolveOptions({}, { num_ctx: numCtx }, 4096)
  const tokens = Array.from({ length }, (_, index) => index)
  return fitPrompt(tokens, resolved.options, requestedSettings(resolved, shift), true, mayTruncate)
}

describe('fitting a prompt into the context', () => {
  it('leaves a prompt alone that leaves one token of room', () => {
    expect(fit(511, 512)).toHaveLength(511)
  })

  it('cuts to the lengths that a running daemon was seen to cut to', () => {
    expect(fit(3491, 512)).toHaveLength(259)
    expect(fit(9, 4)).toHaveLength(3)
  })

  it('keeps the beginning and the end', () => {
    const kept = fit(1000, 512)
    expect(kept.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 746])
    expect(kept.at(-1)).toBe(999)
  })

  it('refuses where it must not cut, with the text of the runner', () => {
    const refusal = 'request (3491 tokens) exceeds the available context size (512 tokens), try increasing it'
    expect(() => fit(3491, 512, { mayTruncate: false })).toThrow(refusal)
    expect(() => fit(3491, 512, { shift: false })).toThrow(refusal)
  })
})
