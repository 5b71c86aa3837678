import { describe, expect, it } from 'vitest'
import type { ResolvedValue } from '../../../preload/contract/insight.ts'
import type { ParameterName } from '../../../preload/contract/model.ts'
import { effectReason } from '../../../main/study/insight/effect-reasons.ts'
import { say } from '../../../main/words/say.ts'

/** What is said of a curve with these ratios, each known to one percent. */
function finding(
  name: ParameterName,
  ratios: readonly [value: ResolvedValue, ratio: number][],
  { group = 1, goal = 'chat' }: { group?: number | null; goal?: 'chat' | 'memory' } = {},
): string {
  const curve = ratios.map(([value, ratio]) => ({
    value,
    ratio: { value: ratio, low: ratio * 0.99, high: ratio * 1.01 },
  }))
  return say(effectReason({ name, group, curve, goal })).text
}

describe('what a curve shows', () => {
  it('is from which value on a setting is at its best', () => {
    expect(
      finding('num_gpu', [
        [22, 1.2],
        [24, 1.1],
        [26, 1],
      ]),
    ).toBe('Fewer than 26 layers on the graphics card make it slower.')
    expect(
      finding('num_batch', [
        [64, 1.4],
        [256, 1.01],
        [512, 1],
      ]),
    ).toBe('Fewer than 256 tokens read at once make it slower.')
  })

  it('is up to which value', () => {
    expect(
      finding('num_thread', [
        [4, 1],
        [8, 1],
        [16, 1.6],
      ]),
    ).toBe('More than 8 processor threads make it slower.')
    expect(
      finding(
        'num_batch',
        [
          [64, 1],
          [512, 1.2],
        ],
        { goal: 'memory' },
      ),
    ).toBe('More than 64 tokens read at once need more memory.')
  })

  it('is between which two', () => {
    expect(
      finding('num_thread', [
        [2, 1.5],
        [6, 1.01],
        [8, 1],
        [16, 1.6],
      ]),
    ).toBe('Best with 6 to 8 for processor threads: less and more make it slower.')
    expect(
      finding('num_thread', [
        [2, 1.5],
        [8, 1],
        [16, 1.6],
      ]),
    ).toMatch(/^Best with 8 for/)
  })

  it('is what a switch does', () => {
    expect(
      finding('flash_attention', [
        [false, 1.052],
        [true, 1],
      ]),
    ).toBe('Flash attention off makes it 5% slower.')
  })

  it('is what another kind does, where values have no order', () => {
    const formats: [ResolvedValue, number][] = [
      ['f16', 1],
      ['q8_0', 1.1],
    ]
    expect(finding('kv_cache_type', formats)).toBe('Number format of the context q8_0 makes it 10% slower.')
  })

  it('is nothing where the intervals overlap or the whole effect may be chance', () => {
    expect(
      finding('num_thread', [
        [4, 1],
        [8, 1.015],
      ]),
    ).toBe('Processor threads: hardly any difference between the values.')
    expect(
      finding(
        'num_thread',
        [
          [4, 1],
          [8, 2],
        ],
        { group: null },
      ),
    ).toBe('Processor threads: no effect that can be told from chance.')
  })

  it('leaves the automatic number of layers out of the order', () => {
    expect(
      finding('num_gpu', [
        [-1, 1.3],
        [24, 1],
        [26, 1.3],
      ]),
    ).toBe('More than 24 layers on the graphics card make it slower.')
  })
})
