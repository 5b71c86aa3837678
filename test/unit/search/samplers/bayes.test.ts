import { describe, expect, it } from 'vitest'
import { automatic } from '../../../../preload/contract/model.ts'
import type { Configuration } from '../../../../preload/contract/model.ts'
import type { GoalKind } from '../../../../preload/contract/goal.ts'
import { abandonAboveTurnSeconds } from '../../../../main/search/samplers/bayes/abandon.ts'
import { bayesSampler, wholeBayes } from '../../../../main/search/samplers/bayes/bayes.ts'
import { createForecaster } from '../../../../main/search/samplers/bayes/forecast.ts'
import { promising } from '../../../../main/search/samplers/bayes/promising.ts'
import { screeningOf } from '../../../../main/search/samplers/bayes/screening.ts'
import { outlookFor } from '../../../../main/search/samplers/bayes/stopping.ts'
import { createHistory } from '../../../../main/search/samplers/history.ts'
import { createRandom } from '../../../../main/search/random.ts'
import { buildSpace } from '../../../../main/search/space.ts'
import type { Patience } from '../../../../main/search/types.ts'
import { createPhysics } from '../../../../main/search/surrogate/physics.ts'
import { fitLoadSeconds } from '../../../../main/search/surrogate/load-time.ts'
import { fitSurrogate } from '../../../../main/search/surrogate/surrogate.ts'
import { machines, okOutcome, problemOf } from '../problems.ts'

type Told = [more: Partial<Configuration>, prefill: number, decode: number, factors?: number[] | undefined]

/** Everything a decision is made of, after these trials on eight cores. */
function after(told: Told[], goal: GoalKind = 'chat') {
  const problem = problemOf(machines['eight cores']!, { goal })
  const space = buildSpace(problem)
  const history = createHistory(problem, space)
  for (const [more, prefill, decode, factors] of told) {
    const outcome = okOutcome(prefill, decode, { ramMiB: 5000, vramMiB: 0 }, factors)
    history.tell({ configuration: { ...automatic, ...more }, outcome })
  }
  const physics = createPhysics(problem)
  const surrogate = fitSurrogate(problem, physics, history.measurements())
  const forecaster = createForecaster(problem, history, surrogate)
  const forecast = (more: Partial<Configuration>) => forecaster.forecast({ ...automatic, ...more })
  return { problem, space, history, physics, surrogate, forecaster, forecast }
}

const noisy = [0.85, 1, 1.15]

describe('outlookFor', () => {
  const chancesAmong = (count: number) => {
    const { space, forecaster, forecast } = after([[{}, 30, 8]])
    const candidates = space.candidates.slice(1, 1 + count).map((configuration) => ({
      expected: forecaster.forecast(configuration),
      admissible: 1,
    }))
    return outlookFor(forecast({}), candidates, forecaster, Math.log(1.03))
  }

  it('counts many small chances, and more to be gained among more candidates', () => {
    expect(chancesAmong(60).chance).toBeGreaterThan(chancesAmong(3).chance)
    expect(chancesAmong(60).regret).toBeGreaterThan(chancesAmong(3).regret)
  })

  it('expects nothing from nothing, nor from what cannot be had', () => {
    expect(chancesAmong(0)).toEqual({ chance: 0, regret: 0 })
    const { forecaster, forecast } = after([[{}, 30, 8]])
    const candidates = [{ expected: forecast({ num_thread: 6 }), admissible: 0 }]
    expect(outlookFor(forecast({}), candidates, forecaster, 0.03)).toEqual({ chance: 0, regret: 0 })
  })
})

describe('abandonAboveTurnSeconds', () => {
  const limitFor = (factors: number[] | undefined, goal: GoalKind) => {
    const { problem, surrogate, forecast } = after([[{}, 100, 10, factors]], goal)
    return abandonAboveTurnSeconds(problem, surrogate, forecast({}), forecast({ num_thread: 6 })) ?? 0
  }

  it('never gives up what is as good as the incumbent', () => {
    for (const goal of ['chat', 'throughput', 'memory'] as const) {
      expect(limitFor(undefined, goal)).toBeGreaterThan(1.05 * (400 / 100 + 12))
    }
  })

  it('gives more room where repetitions differ more', () => {
    expect(limitFor(noisy, 'chat')).toBeGreaterThan(1.1 * limitFor(undefined, 'chat'))
  })

  it('knows no limit before anything ran', () => {
    const { problem, surrogate, forecast } = after([])
    expect(abandonAboveTurnSeconds(problem, surrogate, null, forecast({}))).toBeNull()
  })
})

describe('promising', () => {
  it('leaves nothing out where candidates are few', () => {
    const { problem, surrogate, space } = after([[{}, 30, 8]])
    expect(promising(problem, surrogate, space.candidates, null, () => 1)).toBe(space.candidates)
  })

  it('keeps the best by physics that may fit, and the neighbours of the incumbent', () => {
    const { problem, surrogate } = after([[{}, 30, 8]])
    const many = Array.from({ length: 16 }, (_, t) => t + 1).flatMap((num_thread) =>
      Array.from({ length: 200 }, (_, b) => ({ ...automatic, num_thread, num_batch: 8 + 8 * b })),
    )
    const incumbent = { ...automatic, num_thread: 1, num_batch: 16 }
    const kept = promising(problem, surrogate, many, incumbent, ({ num_batch }) => (num_batch > 1200 ? 0 : 1))
    expect(kept.length).toBeLessThan(many.length / 2)
    expect(kept).toContainEqual({ ...automatic, num_thread: 1, num_batch: 24 })
    expect(kept.filter(({ num_thread }) => num_thread > 1).every(({ num_batch }) => num_batch <= 1200)).toBe(true)
    const fastest = [...many]
      .filter(({ num_batch }) => num_batch <= 1200)
      .sort((a, b) => surrogate.roughTurnSeconds(a, 120) - surrogate.roughTurnSeconds(b, 120))[0]
    expect(kept).toContainEqual(fastest)
    expect(promising(problem, surrogate, many, null, () => 0).length).toBeGreaterThan(0)
  })
})

describe('a forecast', () => {
  it('does not expect to run in time what is no faster than what took too long', () => {
    const { problem, space, forecaster } = (() => {
      const problem = problemOf(machines['container of 4 in 32 cores']!)
      const history = createHistory(problem, buildSpace(problem))
      history.tell({ configuration: automatic, outcome: { kind: 'timeout', message: '' } })
      const surrogate = fitSurrogate(problem, createPhysics(problem), history.measurements())
      return { problem, space: buildSpace(problem), forecaster: createForecaster(problem, history, surrogate) }
    })()
    const inTime = (more: Partial<Configuration>) => forecaster.forecast({ ...problem.baseline, ...more }).keepsLimit
    expect(inTime({ num_batch: 64 })).toBeLessThan(0.1)
    expect(inTime({ num_thread: 4 })).toBeGreaterThan(0.9)
    expect(space.candidates.length).toBeGreaterThan(1)
  })
})

describe('fitLoadSeconds', () => {
  it('starts from the bytes to read and follows what was measured', () => {
    const before = after([])
    const guess = fitLoadSeconds(before.problem, before.physics, [])(automatic)
    expect(guess).toBeGreaterThan(2)
    expect(guess).toBeLessThan(60)
    const { problem, physics, history } = after([
      [{}, 30, 8],
      [{ num_thread: 6 }, 30, 8],
    ])
    const fitted = fitLoadSeconds(problem, physics, history.measurements())
    expect(fitted(automatic)).toBeGreaterThan(4)
    expect(fitted(automatic)).toBeLessThan(6)
  })
})

describe('bayesSampler', () => {
  it('sets no limit to a trial where early stopping is switched off', () => {
    const problem = problemOf(machines['eight cores']!)
    const options = { problem, space: buildSpace(problem), random: createRandom(1), maximumTrials: 5 }
    const limitOf = (stopsEarly: boolean) => {
      const sampler = bayesSampler({ ...wholeBayes, stopsEarly })(options)
      sampler.tell({ configuration: problem.baseline, outcome: okOutcome(30, 8) })
      const suggestion = sampler.ask()
      return suggestion.kind === 'trial' ? suggestion.abandonAboveTurnSeconds : undefined
    }
    expect(limitOf(false)).toBeNull()
    expect(limitOf(true)).toBeGreaterThan(0)
  })
})

describe('the last trials of a search', () => {
  it('look at what was never varied, however promising the rest is', () => {
    const problem = problemOf(machines['eight cores']!)
    const space = buildSpace(problem)
    const askWith = (maximumTrials: number) => {
      const sampler = bayesSampler(wholeBayes)({ problem, space, random: createRandom(1), maximumTrials })
      sampler.tell({ configuration: problem.baseline, outcome: okOutcome(30, 8) })
      sampler.tell({ configuration: { ...automatic, num_thread: 6 }, outcome: okOutcome(30, 9) })
      return sampler.ask()
    }
    expect(askWith(3)).toMatchObject({ kind: 'trial', reason: { code: 'search.neverVaried' } })
    expect(askWith(10)).not.toMatchObject({ reason: { code: 'search.neverVaried' } })
  })
})

describe('screeningOf', () => {
  const problem = problemOf(machines['eight cores']!)
  const space = buildSpace(problem)
  const namesAfter = (...measured: Partial<Configuration>[]) =>
    screeningOf(
      problem,
      space,
      measured.map((more) => ({ ...automatic, ...more })),
      space.candidates,
    )?.names ?? []

  it('names what no trial has varied, and offers candidates that vary all of it at once', () => {
    const screening = screeningOf(problem, space, [automatic], space.candidates)
    expect(screening?.names).toEqual(space.dimensions.map(({ name }) => name))
    expect(screening?.candidates.every(({ num_thread, num_batch }) => num_thread !== 0 && num_batch !== 0)).toBe(true)
  })

  it('does not take another word for the same engine state for a variation', () => {
    expect(namesAfter({ num_thread: 8 })).toContain('num_thread')
    expect(namesAfter({ num_thread: 4 })).not.toContain('num_thread')
  })

  it('is over once everything was varied, and has no place where memory is the goal', () => {
    expect(namesAfter({ num_thread: 4, num_batch: 2048 })).toEqual([])
    expect(screeningOf({ ...problem, goal: 'memory' }, space, [automatic], space.candidates)).toBeNull()
  })

  it('keeps a search from ending on belief alone', () => {
    const sampler = bayesSampler(wholeBayes)({ problem, space, random: createRandom(1), maximumTrials: 20 })
    const tried: Configuration[] = []
    for (let trial = 0; trial < 20; trial++) {
      const suggestion = sampler.ask()
      if (suggestion.kind === 'stop') break
      tried.push(suggestion.configuration)
      sampler.tell({ configuration: suggestion.configuration, outcome: okOutcome(100, 10) })
    }
    expect(screeningOf(problem, space, tried, space.candidates)).toBeNull()
  })
})

describe('a thorough search', () => {
  const problem = problemOf(machines['eight cores']!)
  const space = buildSpace(problem)
  /** What a search tries on a computer where nothing matters much, until it ends. */
  const triedBy = (patience: Patience) => {
    const sampler = bayesSampler(wholeBayes)({ problem, space, random: createRandom(1), maximumTrials: 30, patience })
    const tried: Configuration[] = []
    for (let trial = 0; trial <= 30; trial++) {
      const suggestion = sampler.ask()
      if (suggestion.kind === 'stop') break
      tried.push(suggestion.configuration)
      const outcome = okOutcome(100, 10, undefined, noisy)
      sampler.tell({ configuration: suggestion.configuration, outcome })
    }
    return tried
  }

  it('goes on where a usual one has little left to gain, and looks at more', () => {
    const kinds = (tried: Configuration[]) => new Set(tried.map((configuration) => JSON.stringify(configuration))).size
    const [usual, thorough] = [triedBy('usual'), triedBy('thorough')]
    expect(thorough.length).toBeGreaterThan(usual.length)
    expect(kinds(thorough)).toBeGreaterThan(kinds(usual))
  })

  it('loads nothing more than twice', () => {
    const counts = Map.groupBy(triedBy('thorough'), (configuration) => JSON.stringify(configuration))
    expect(Math.max(...[...counts.values()].map((loads) => loads.length))).toBeLessThanOrEqual(2)
  })
})
