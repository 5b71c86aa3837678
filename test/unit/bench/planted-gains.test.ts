import { expect, it } from 'vitest'
import { chanceOfAtMost } from '../../bench/honesty/planted-gains.ts'

it('a share below the goal counts as missed only where chance does not explain it', () => {
  // 24 of 26 is 92 %, and comes about in more than a third of the cases where 95 % is true.
  expect(chanceOfAtMost(24, 26, 0.95)).toBeCloseTo(1 - 0.95 ** 26 - 26 * 0.05 * 0.95 ** 25, 10)
  expect(chanceOfAtMost(240, 260, 0.95)).toBeLessThan(0.05)
  expect(chanceOfAtMost(26, 26, 0.95)).toBeCloseTo(1, 10)
  expect(chanceOfAtMost(0, 0, 0.95)).toBe(1)
})
