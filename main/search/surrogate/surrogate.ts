import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { totalLayers } from '../engine-state.ts'
import { countedRepetitions, longAnswerTokens } from '../objective.ts'
import type { Measurement } from '../samplers/history.ts'
import { mean, pooledVariance } from '../statistics.ts'
import type { Problem } from '../types.ts'
import { dot } from './cholesky.ts'
import { conditionOn, matern52, scaledDistance } from './gp.ts'
import type { GaussianProcess, GpObservation, Prediction } from './gp.ts'
import { fitHyperparameters, priorHyperparameters } from './hyperparameters.ts'
import type { Hyperparameters } from './hyperparameters.ts'
import type { LogSeconds, Physics } from './physics.ts'
import type { Placement } from './placement.ts'

/** Spread of repetitions within a load before any is known, nats, and how many repetitions that guess is worth. */
const priorWithinSpread = { variance: 0.02 ** 2, degreesOfFreedom: 2 }
const gaussNewtonSteps = 4
/** θ̂ stays within so many prior standard deviations, where the physical mean means something. */
const farthest = 3
const differenceStep = 1e-4

/**
 * A weighted sum of the two log outputs at one configuration, linear in θ around the current estimate θ̂:
 * value ≈ mean + gradient · z, z = (θ − θ̂) / prior sd, plus the residual.
 */
interface Point {
  mean: number
  /** d value / dz, k. */
  gradient: Float64Array
  /** Weights of ln TTFT and ln seconds per token. */
  shares: readonly [number, number]
  /** log2 threads, log2 batch, share of layers on the GPU, mapped. */
  inputs: readonly number[]
}

/** Belief about a configuration's speed from physics and everything measured. */
export interface Surrogate {
  /** ln of the seconds of a turn with so many output tokens. */
  logTurnSeconds(configuration: Configuration, outputTokens: number): Prediction
  /** ln of the seconds per token once the first is out. */
  logTokenSeconds(configuration: Configuration): Prediction
}

/**
 * A Gaussian process over ln TTFT and ln seconds per token together. Its mean is the physical one; its covariance
 * is the uncertainty of the physical parameters θ, carried through by linearisation, plus a Matérn-5/2 residual
 * for each output: y = m(x; θ) + r(x), θ ~ Normal(θ₀, Σ₀). θ̂ comes from Gauss–Newton steps on the same model.
 * Source: Rasmussen & Williams 2006, §2.7 (explicit basis functions with a prior), linearised.
 */
export function fitSurrogate(problem: Problem, physics: Physics, measurements: readonly Measurement[]): Surrogate {
  const loads = measurements.map((measurement) => summarize(physics, measurement))
  const within = withinSpread(loads)
  let theta = physics.priorMean
  let points = linearize(problem, physics, theta, loads)
  let hyperparameters = priorHyperparameters()
  const condition = (h: Hyperparameters) =>
    conditionOn(priorOf(physics, theta, h), observationsOf(points, loads, within, h))
  const improveTheta = () => {
    for (let step = 0; step < gaussNewtonSteps; step++) {
      theta = nextTheta(physics, points, condition(hyperparameters))
      points = linearize(problem, physics, theta, loads)
    }
  }
  if (loads.length > 0) {
    improveTheta()
    hyperparameters = fitHyperparameters((h) => condition(h).logMarginalLikelihood)
    improveTheta()
  }
  const process = condition(hyperparameters)
  const predict = (configuration: Configuration, weigh: Weigh) =>
    process.predict(pointAt(problem, physics, theta, physics.place(configuration), weigh))
  return {
    logTurnSeconds: (configuration, outputTokens) => predict(configuration, turnOf(outputTokens)),
    logTokenSeconds: (configuration) => predict(configuration, tokenAlone),
  }
}

/** Output tokens of the turn whose length is the goal's speed: the goal's objective is ln of it, up to a constant. */
export function decisiveTokens(goal: GoalKind, outputTokens: number): number {
  return goal === 'throughput' ? longAnswerTokens : outputTokens
}

interface LoadSummary {
  placement: Placement
  /** Mean of ln TTFT and ln seconds per token over the repetitions. */
  values: LogSeconds
  ttfts: number[]
  tokens: number[]
}

function summarize(physics: Physics, { configuration, outcome }: Measurement): LoadSummary {
  const repetitions = countedRepetitions(outcome)
  const ttfts = repetitions.map(({ ttftSeconds }) => Math.log(ttftSeconds))
  const tokens = repetitions.map(({ decodeTokensPerSecond }) => -Math.log(decodeTokensPerSecond))
  return { placement: physics.place(configuration), values: { ttft: mean(ttfts), token: mean(tokens) }, ttfts, tokens }
}

/** Variance of one repetition within its load, for each output, the prior guess pooled in. */
function withinSpread(loads: readonly LoadSummary[]): LogSeconds {
  const pooled = (groups: number[][]) => {
    const seen = pooledVariance(groups) ?? { variance: 0, degreesOfFreedom: 0 }
    const prior = priorWithinSpread
    return (
      (seen.variance * seen.degreesOfFreedom + prior.variance * prior.degreesOfFreedom) /
      (seen.degreesOfFreedom + prior.degreesOfFreedom)
    )
  }
  return { ttft: pooled(loads.map(({ ttfts }) => ttfts)), token: pooled(loads.map(({ tokens }) => tokens)) }
}

/** Two points a load, TTFT and seconds per token. */
function linearize(
  problem: Problem,
  physics: Physics,
  theta: readonly number[],
  loads: readonly LoadSummary[],
): Point[] {
  return loads.flatMap(({ placement }) => [
    pointAt(problem, physics, theta, placement, ttftAlone),
    pointAt(problem, physics, theta, placement, tokenAlone),
  ])
}

function observationsOf(
  points: readonly Point[],
  loads: readonly LoadSummary[],
  within: LogSeconds,
  { loadSpreadRatio }: Hyperparameters,
): GpObservation<Point>[] {
  const observed = loads.flatMap(({ values, ttfts }) => [
    { y: values.ttft, noiseVariance: within.ttft * (loadSpreadRatio ** 2 + 1 / ttfts.length) },
    { y: values.token, noiseVariance: within.token * (loadSpreadRatio ** 2 + 1 / ttfts.length) },
  ])
  return points.flatMap((x, i) => {
    const value = observed[i]
    return value ? [{ x, ...value }] : []
  })
}

/** The belief before any observation, around θ̂: the mean is that of θ₀, seen through the linearisation. */
function priorOf(physics: Physics, theta: readonly number[], h: Hyperparameters) {
  const toPrior = Float64Array.from(
    physics.priorMean,
    (prior, k) => (prior - (theta[k] ?? 0)) / (physics.priorSd[k] ?? 1),
  )
  const amplitudes = [h.ttftAmplitude ** 2, h.tokenAmplitude ** 2] as const
  const scales = [h.threadScale, h.batchScale, h.layerScale, h.mappingScale]
  return {
    mean: (x: Point) => x.mean + dot(x.gradient, toPrior),
    covariance: (a: Point, b: Point) => {
      const amplitude = amplitudes[0] * a.shares[0] * b.shares[0] + amplitudes[1] * a.shares[1] * b.shares[1]
      const residual = amplitude === 0 ? 0 : amplitude * matern52(scaledDistance(a.inputs, b.inputs, scales))
      return dot(a.gradient, b.gradient) + residual
    },
  }
}

/** Posterior mean of θ: θ₀ + Σ₀ Jᵀ K⁻¹ (y − m), as in a Kalman update. */
function nextTheta(physics: Physics, points: readonly Point[], process: GaussianProcess<Point>): number[] {
  return physics.priorMean.map((prior, k) => {
    const pull = points.reduce((sum, { gradient }, i) => sum + (gradient[k] ?? 0) * (process.weights[i] ?? 0), 0)
    return prior + (physics.priorSd[k] ?? 1) * Math.max(-farthest, Math.min(farthest, pull))
  })
}

/** The value wanted of the two log outputs, and its derivatives by them. */
type Weigh = (seconds: LogSeconds) => { value: number; shares: readonly [number, number] }
const ttftAlone: Weigh = ({ ttft }) => ({ value: ttft, shares: [1, 0] })
const tokenAlone: Weigh = ({ token }) => ({ value: token, shares: [0, 1] })
const turnOf =
  (outputTokens: number): Weigh =>
  ({ ttft, token }) => {
    const decode = outputTokens * Math.exp(token)
    const turn = Math.exp(ttft) + decode
    return { value: Math.log(turn), shares: [1 - decode / turn, decode / turn] }
  }

function pointAt(
  problem: Problem,
  physics: Physics,
  theta: readonly number[],
  placement: Placement,
  weigh: Weigh,
): Point {
  const seconds = physics.logSeconds(theta, placement)
  const { value, shares } = weigh(seconds)
  const moved = [...theta]
  const gradient = Float64Array.from(physics.priorSd, (sd, k) => {
    moved[k] = (theta[k] ?? 0) + differenceStep
    const { ttft, token } = physics.logSeconds(moved, placement)
    moved[k] = theta[k] ?? 0
    return (sd * (shares[0] * (ttft - seconds.ttft) + shares[1] * (token - seconds.token))) / differenceStep
  })
  const inputs = [
    Math.log2(placement.threads),
    Math.log2(placement.batch),
    placement.layers / totalLayers(problem.facts),
    placement.isMapped ? 1 : 0,
  ]
  return { mean: value, gradient, shares, inputs }
}
