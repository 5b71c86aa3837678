import { describe, expect, it } from 'vitest'
import { parseKeepAlive } from '../../../main/engine/runner/keep-alive.ts'

describe('keep_alive', () => {
  it.each<[number | string, number]>([
    [60, 60],
    [0, 0],
    ['0', 0],
    ['5m', 300],
    ['1h30m', 5400],
    ['1.5s', 1.5],
    ['250ms', 0.25],
    [-1, Infinity],
    ['-1s', Infinity],
  ])('%j means %d seconds', (value, seconds) => {
    expect(parseKeepAlive(value)).toBeCloseTo(seconds)
  })

  it('is unknown when not sent', () => {
    expect(parseKeepAlive(undefined)).toBeNull()
    expect(parseKeepAlive(null)).toBeNull()
  })

  it.each([
    ['abc', 'time: invalid duration "abc"'],
    ['', 'time: invalid duration ""'],
    ['5m3', 'time: invalid duration "5m3"'],
    ['5', 'time: missing unit in duration "5"'],
  ])('%j is refused in the words of Go', (value, message) => {
    expect(() => parseKeepAlive(value)).toThrow(message)
  })
})
