import { describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import { objectiveOf, standingOf } from '../../../renderer/figures/objective.ts'
import { okOutcome, trial } from './support/fixtures.ts'

const workload = { promptTokens: 400, outputTokens: 120 }
const tuned = { ...automatic, num_thread: 8 }
const failure = { kind: 'outOfMemory', message: 'no room' } as const

describe('the score of a trial', () => {
  const outcome = okOutcome({ ttft: 2, decode: 12, ramMiB: 3000, vramMiB: 500 })

  it('is the seconds for a whole reply when chatting', () => {
    expect(objectiveOf(outcome, 'chat', workload)).toBe(12)
  })

  it('is the tokens per second of the whole reply for long answers', () => {
    expect(objectiveOf(outcome, 'throughput', workload)).toBe(10)
  })

  it('is all memory together for less memory', () => {
    expect(objectiveOf(outcome, 'memory', workload)).toBe(3500)
  })
})

describe('where a study stands', () => {
  const trials = [
    trial(1, okOutcome({ decode: 10 }), { purpose: 'baseline' }),
    trial(2, okOutcome({ decode: 12 }), { purpose: 'baseline' }),
    trial(3, failure),
    trial(4, okOutcome({ decode: 20 }), { configuration: tuned }),
    trial(5, null),
  ]

  it('compares the best with the mean of the user’s own settings', () => {
    const standing = standingOf(trials, 'chat', workload)
    expect(standing.baselineScore).toBe((13 + 11) / 2)
    expect(standing.best?.trial.number).toBe(4)
    expect(standing.best?.score).toBe(7)
  })

  it('keeps trials without a figure apart and leaves the running one out', () => {
    const standing = standingOf(trials, 'chat', workload)
    expect(standing.unscored.map(({ number }) => number)).toEqual([3])
    expect(standing.scored.map(({ trial: { number } }) => number)).toEqual([1, 2, 4])
  })

  it('takes the highest for long answers and the lowest otherwise', () => {
    const two = [trial(1, okOutcome({ decode: 10, ramMiB: 900 })), trial(2, okOutcome({ decode: 20, ramMiB: 1100 }))]
    expect(standingOf(two, 'throughput', workload).best?.trial.number).toBe(2)
    expect(standingOf(two, 'memory', workload).best?.trial.number).toBe(1)
  })

  it('knows nothing before the first trial has ended', () => {
    expect(standingOf([trial(1, null)], 'chat', workload)).toEqual({
      scored: [],
      unscored: [],
      baselineScore: null,
      noise: null,
      best: null,
      records: [],
    })
  })
})
