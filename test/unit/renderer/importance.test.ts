import { describe, expect, it } from 'vitest'
import type { ParameterName } from '../../../preload/contract/model.ts'
import { english } from '../../../renderer/text/english.ts'
import { createFormat } from '../../../renderer/text/format.ts'

const { importance } = english(createFormat('en'))
const ranked = (name: ParameterName, group: number | null) => ({ name, group })

describe('importance in words', () => {
  it('gives shares and their intervals in whole percent between 0 and 100', () => {
    expect(importance.share({ value: 0.714, low: 0.551, high: 0.83 })).toBe('71% (55–83%)')
    expect(importance.share({ value: 0.986, low: -0.002, high: 1.02 })).toBe('99% (0–100%)')
  })

  it('says of what a setting’s share cannot be told', () => {
    const all = [ranked('num_thread', 1), ranked('num_gpu', 1), ranked('num_batch', 2), ranked('use_mmap', null)]
    expect(all.map((one) => importance.remark(one, all))).toEqual([
      'not distinguishable from: Layers on the graphics card',
      'not distinguishable from: Processor threads',
      null,
      'not distinguishable from no effect',
    ])
  })

  it('says how large the differences are that are shared out', () => {
    expect(importance.lead({ setups: 1234, spreadPercent: 8.6 })).toContain(
      '1,234 setups that work typically differ by 9%',
    )
  })

  it('names pairs by both settings', () => {
    expect(importance.pair(['num_gpu', 'num_batch'])).toBe('Layers on the graphics card and tokens read at once')
  })
})
