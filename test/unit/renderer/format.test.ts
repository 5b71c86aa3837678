import { describe, expect, it } from 'vitest'
import { createFormat, intervalText } from '../../../renderer/text/format.ts'

const format = createFormat('en')

describe('figures for people', () => {
  it('have three digits that count', () => {
    expect([7.912, 31.64, 105.4].map(format.tokensPerSecond.of)).toEqual([
      '7.91 tokens/s',
      '31.6 tokens/s',
      '105 tokens/s',
    ])
  })

  it('name seconds in the unit that fits', () => {
    expect([0.42, 1.923, 17.71, 240].map(format.seconds.of)).toEqual(['420 ms', '1.92 sec', '17.7 sec', '240 sec'])
  })

  it('count memory as people know it', () => {
    expect([640, 12_288, 32_000].map(format.memory.of)).toEqual(['640 MB', '12 GB', '31 GB'])
    expect(format.fileSize(2_019_393_189)).toBe('2 GB')
    expect(format.fileSize(82_000_000)).toBe('82 MB')
  })

  it('are as rough about time as anyone needs', () => {
    expect([45, 130, 3600, 5400].map(format.duration)).toEqual([
      '45 seconds',
      '2 minutes',
      '1 hour',
      '1 hour, 30 minutes',
    ])
  })

  it('never promise less than a minute', () => {
    expect(format.minutes.range(0.2, 0.4)).toBe('1 minute')
    expect(format.minutes.range(6.2, 9)).toBe('6–9 minutes')
  })

  it('show a small share to one decimal', () => {
    expect([25.2, 3.26, -1.14].map(format.percent.of)).toEqual(['25%', '3.3%', '-1.1%'])
  })
})

describe('an interval', () => {
  const between = (low: number, high: number) => ({ mean: (low + high) / 2, interval: { low, high }, count: 4 })

  it('names its unit once, that of its upper end', () => {
    expect(intervalText(between(13.84, 14.3), format.seconds)).toBe('13.8–14.3 sec')
    expect(intervalText(between(0.98, 1.02), format.seconds)).toBe('0.98–1.02 sec')
    expect(intervalText(between(9.31, 9.6), format.tokensPerSecond)).toBe('9.31–9.60 tokens/s')
  })

  it('is one value where both ends read the same', () => {
    expect(intervalText(between(4.999, 5.001), format.tokensPerSecond)).toBe('5.00 tokens/s')
  })

  it('is nothing after a single measurement', () => {
    expect(intervalText({ mean: 5, interval: null, count: 1 }, format.seconds)).toBeNull()
  })
})

describe('another language', () => {
  it('writes numbers in its own manner', () => {
    const german = createFormat('de')
    expect(german.tokensPerSecond.of(7.912)).toBe('7,91 tokens/s')
    expect(german.duration(130)).toBe('2 Minuten')
  })
})
