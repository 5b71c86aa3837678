import { describe, expect, it } from 'vitest'
import { limitExcess, objectiveCosts } from '../../../../main/search/objectives/objectives.ts'

const rates = { ttftSeconds: 0.5, decodeTokensPerSecond: 40, memory: { ramMiB: 1000, vramMiB: 2000 } }

describe('the objectives of a setup', () => {
  it('all come from one set of measurements', () => {
    expect(objectiveCosts(rates, { promptTokens: 400, outputTokens: 120 })).toEqual({
      turnSeconds: 3.5,
      ttftSeconds: 0.5,
      secondsPerToken: 0.025,
      memoryMiB: 3000,
    })
  })
})

describe('limits', () => {
  const costs = { ...objectiveCosts(rates, { promptTokens: 400, outputTokens: 120 }), vramMiB: 2000 }

  it('are kept up to the very limit', () => {
    expect(limitExcess(costs, {})).toBe(0)
    expect(limitExcess(costs, { ttftSeconds: 0.5, turnSeconds: 3.5, memoryMiB: 3000, vramMiB: 2000 })).toBe(0)
  })

  it('are broken by as much as the one that is exceeded most', () => {
    expect(limitExcess(costs, { ttftSeconds: 0.4, vramMiB: 1000 })).toBeCloseTo(Math.log(2), 12)
  })
})
