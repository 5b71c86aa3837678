import type { Configuration } from '../../../preload/contract/model.ts'
import { totalLayers } from '../engine-state.ts'
import type { Measurement } from '../samplers/history.ts'
import type { Problem } from '../types.ts'
import { dot } from './cholesky.ts'
import { conditionOn, matern52 } from './gp.ts'
import type { GaussianProcess, GpObservation, Prediction, PredictionAt } from './gp.ts'
import { fitHyperparameters, priorHyperparameters } from './hyperparameters.ts'
import type { Hyperparameters } from './hyperparameters.ts'
import { informedByMemory } from './layers-seen.ts'
import { summarizeLoads } from './loads.ts'
import type { Loads } from './loads.ts'
import type { LogSeconds, Physics } from './physics.ts'
import type { Placement } from './placement.ts'
import type { ThetaBelief } from './priors.ts'

const gaussNewtonSteps = 4
/** With more loads than this a fit begins where the last one ended and does less, as its cost grows steeply, … */
const loadsToFitAfresh = 30
/** … and looks for better hyperparameters at every fifth load only, by so many evaluations. */
const occasionally = { loads: 5, evaluations: 6 }
/** So many where there is no last fit, as when a long study is resumed: the next ones go on from there. */
const evaluationsAfresh = 24
/** θ̂ stays within so many prior standard deviations, where the physical mean means something. */
const farthest = 3
const differenceStep = 1e-4
/**
 * Shares of the residual's variance: a sum of what each input does alone, and what all do together. The rest is what
 * a single engine state has to itself: dips that no neighbour tells of.
 */
const residualShares = { alone: 0.4, together: 0.4 }

/** Both log outputs at one placement, linear in θ around the current estimate θ̂. */
interface Tangent {
  seconds: LogSeconds
  /** d ln TTFT / dz and d ln token seconds / dz, z = (θ − θ̂) / prior sd, k. */
  ttftGradient: Float64Array
  tokenGradient: Float64Array
  /** log2 threads, log2 batch, share of layers on the GPU, mapped, flash attention. */
  inputs: readonly number[]
}

/** A weighted sum of the two log outputs: value ≈ mean + gradient · z, plus the residual. */
export interface Point {
  mean: number
  gradient: Float64Array
  /** Weights of ln TTFT and ln seconds per token. */
  shares: readonly [number, number]
  inputs: readonly number[]
  /** The load in which it was observed, whose effect all its repetitions share; null for the function itself. */
  load: number | null
}

/** Belief about a configuration's speed from physics and everything measured. */
export interface Surrogate {
  /** ln of the seconds of a turn with so many output tokens. */
  logTurnSeconds(configuration: Configuration, outputTokens: number): PredictionAt<Point>
  /** ln of the seconds per token once the first is out. */
  logTokenSeconds(configuration: Configuration): Prediction
  /** Seconds of a turn by the physical mean alone at θ̂: cheap, for a first look at very many. */
  roughTurnSeconds(configuration: Configuration, outputTokens: number): number
  /** Posterior covariance of two predictions. */
  covariance(a: PredictionAt<Point>, b: PredictionAt<Point>): number
  /** Variance that one more load of so many repetitions would be measured with. */
  noiseVariance(prediction: PredictionAt<Point>, repetitions: number): number
  /** Posterior of the physical parameters. */
  theta(): Partial<ThetaBelief>
  /** Where the fit ended, for the next one to begin at. */
  fit: Fit
}

/** The estimates that a fit ended with. */
export interface Fit {
  /** θ̂, k. */
  theta: readonly number[]
  hyperparameters: Hyperparameters
}

/**
 * A Gaussian process over ln TTFT and ln seconds per token together. Its mean is the physical one; its covariance
 * is the uncertainty of the physical parameters θ, carried through by linearisation, plus a Matérn-5/2 residual
 * for each output, in part additive: y = m(x; θ) + r(x), θ ~ Normal(θ₀, Σ₀). θ̂ comes from Gauss–Newton steps.
 * Sources: Rasmussen & Williams 2006, §2.7 (explicit basis functions with a prior), linearised; additive kernels:
 * D. Duvenaud, H. Nickisch, C. Rasmussen, NIPS 2011.
 */
export function fitSurrogate(
  problem: Problem,
  uninformed: Physics,
  measurements: readonly Measurement[],
  previous?: Fit,
): Surrogate {
  const physics = informedByMemory(problem, uninformed, measurements)
  const loads = summarizeLoads(physics, measurements)
  const isLarge = loads.summaries.length > loadsToFitAfresh
  const start = isLarge ? previous : undefined
  const layersInAll = totalLayers(problem.facts)
  let theta = start?.theta ?? physics.priorMean
  let tangents = createTangents(physics, theta, layersInAll)
  let points = linearize(tangents, loads)
  let hyperparameters = start?.hyperparameters ?? priorHyperparameters()
  const condition = (h: Hyperparameters) =>
    conditionOn(priorOf(physics, theta, h, loads), observationsOf(points, loads))
  const improveTheta = () => {
    for (let step = 0; step < (isLarge ? 1 : gaussNewtonSteps); step++) {
      theta = nextTheta(physics, points, condition(hyperparameters))
      tangents = createTangents(physics, theta, layersInAll)
      points = linearize(tangents, loads)
    }
  }
  if (loads.summaries.length > 0) {
    improveTheta()
    if (!start || measurements.length % occasionally.loads === 0) {
      const affordable = !isLarge ? Infinity : start ? occasionally.evaluations : evaluationsAfresh
      hyperparameters = fitHyperparameters((h) => condition(h).logMarginalLikelihood, hyperparameters, affordable)
      if (!start) improveTheta()
    }
  }
  const process = condition(hyperparameters)
  const rough = physics.read(theta)
  const predict = (configuration: Configuration, weigh: Weigh) =>
    process.predict(pointAt(tangents(physics.place(configuration)), weigh, null))
  return {
    fit: { theta, hyperparameters },
    logTurnSeconds: (configuration, outputTokens) => predict(configuration, turnOf(outputTokens)),
    logTokenSeconds: (configuration) => predict(configuration, tokenAlone),
    roughTurnSeconds: (configuration, outputTokens) =>
      physics.turnSeconds(rough, physics.place(configuration), outputTokens),
    covariance: (a, b) => process.covariance(a, b),
    noiseVariance({ x: { shares } }, repetitions) {
      const [ttft, token] = shares
      const within = ttft ** 2 * loads.within.ttft + token ** 2 * loads.within.token
      return within / repetitions + (ttft + token) ** 2 * loadVariance(loads, hyperparameters)
    },
    theta: () => posteriorTheta(physics, theta, process),
  }
}

/** Two points a load, TTFT and seconds per token. */
function linearize(tangents: Tangents, { summaries }: Loads): Point[] {
  return summaries.flatMap(({ placement, workedSeconds }, load) => {
    const tangent = tangents(placement, workedSeconds)
    return [pointAt(tangent, ttftAlone, load), pointAt(tangent, tokenAlone, load)]
  })
}

function observationsOf(points: readonly Point[], { summaries, within }: Loads): GpObservation<Point>[] {
  const observed = summaries.flatMap(({ values, repetitions }) => [
    { y: values.ttft, noiseVariance: within.ttft / repetitions },
    { y: values.token, noiseVariance: within.token / repetitions },
  ])
  return points.flatMap((x, i) => {
    const value = observed[i]
    return value ? [{ x, ...value }] : []
  })
}

/** Variance of what a load does to all its repetitions, prefill and decode alike: clocks, placement in memory. */
function loadVariance({ within }: Loads, { loadSpreadRatio }: Hyperparameters): number {
  return loadSpreadRatio ** 2 * 0.5 * (within.ttft + within.token)
}

/** The belief before any observation, around θ̂: the mean is that of θ₀, seen through the linearisation. */
function priorOf(physics: Physics, theta: readonly number[], h: Hyperparameters, loads: Loads) {
  const toPrior = Float64Array.from(
    physics.priorMean,
    (prior, k) => (prior - (theta[k] ?? 0)) / (physics.priorSd[k] ?? 1),
  )
  const amplitudes = [h.ttftAmplitude ** 2, h.tokenAmplitude ** 2] as const
  const scales = [h.threadScale, h.batchScale, h.layerScale, h.switchScale, h.switchScale]
  const ofLoad = loadVariance(loads, h)
  // The two points of a load come one after the other and have the same inputs.
  let last: { a: Point['inputs']; b: Point['inputs']; alike: number } | null = null
  const alikenessOf = (a: Point['inputs'], b: Point['inputs']) => {
    if (last?.a !== a || last.b !== b) last = { a, b, alike: alikeness(a, b, scales) }
    return last.alike
  }
  return {
    mean: (x: Point) => x.mean + dot(x.gradient, toPrior),
    covariance: (a: Point, b: Point) => {
      const amplitude = amplitudes[0] * a.shares[0] * b.shares[0] + amplitudes[1] * a.shares[1] * b.shares[1]
      const residual = amplitude === 0 ? 0 : amplitude * alikenessOf(a.inputs, b.inputs)
      const together =
        a.load !== null && a.load === b.load ? ofLoad * (a.shares[0] + a.shares[1]) * (b.shares[0] + b.shares[1]) : 0
      return dot(a.gradient, b.gradient) + residual + together
    },
  }
}

/** Correlation of the residual: of each input alone, averaged, and of all together. */
function alikeness(a: readonly number[], b: readonly number[], scales: readonly number[]): number {
  let alone = 0
  let squares = 0
  for (let i = 0; i < scales.length; i++) {
    const distance = Math.abs((a[i] ?? 0) - (b[i] ?? 0)) / (scales[i] ?? 1)
    alone += distance === 0 ? 1 : matern52(distance)
    squares += distance * distance
  }
  const { alone: apart, together } = residualShares
  if (squares === 0) return 1
  return (apart * alone) / scales.length + together * matern52(Math.sqrt(squares))
}

/** Posterior mean of θ: θ₀ + Σ₀ Jᵀ K⁻¹ (y − m), as in a Kalman update. */
function nextTheta(physics: Physics, points: readonly Point[], process: GaussianProcess<Point>): number[] {
  return physics.priorMean.map((prior, k) => {
    const pull = points.reduce((sum, { gradient }, i) => sum + (gradient[k] ?? 0) * (process.weights[i] ?? 0), 0)
    return prior + (physics.priorSd[k] ?? 1) * Math.max(-farthest, Math.min(farthest, pull))
  })
}

/** Mean and standard deviation of each parameter, as the prediction of a function that is that parameter alone. */
function posteriorTheta(
  physics: Physics,
  theta: readonly number[],
  process: GaussianProcess<Point>,
): Partial<ThetaBelief> {
  const belief: Partial<ThetaBelief> = {}
  for (const [k, key] of physics.keys.entries()) {
    const gradient = new Float64Array(physics.keys.length)
    gradient[k] = physics.priorSd[k] ?? 1
    const { mean, variance } = process.predict({
      mean: theta[k] ?? 0,
      gradient,
      shares: [0, 0],
      inputs: [],
      load: null,
    })
    belief[key] = { mean, sd: Math.sqrt(variance) }
  }
  return belief
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

function pointAt({ seconds, ttftGradient, tokenGradient, inputs }: Tangent, weigh: Weigh, load: number | null): Point {
  const { value, shares } = weigh(seconds)
  const [ttft, token] = shares
  const gradient = ttftGradient.map((slope, k) => ttft * slope + token * (tokenGradient[k] ?? 0))
  return { mean: value, gradient, shares, inputs, load }
}

type Tangents = (placement: Placement, workedSeconds?: number) => Tangent

/** The tangent of the physical mean at θ̂, by forward differences. */
function createTangents(physics: Physics, theta: readonly number[], layersInAll: number): Tangents {
  const here = physics.read(theta)
  const moved = theta.map((_, k) => physics.read(theta.map((value, j) => (j === k ? value + differenceStep : value))))
  return (placement, workedSeconds = 0) => {
    const seconds = physics.logSeconds(here, placement, workedSeconds)
    const ttftGradient = new Float64Array(theta.length)
    const tokenGradient = new Float64Array(theta.length)
    for (const [k, parameters] of moved.entries()) {
      const { ttft, token } = physics.logSeconds(parameters, placement, workedSeconds)
      const perStep = (physics.priorSd[k] ?? 1) / differenceStep
      ttftGradient[k] = perStep * (ttft - seconds.ttft)
      tokenGradient[k] = perStep * (token - seconds.token)
    }
    const inputs = [
      // With every layer on the GPU, threads have next to nothing to do.
      placement.gpuBytes(1) < placement.allBytes ? Math.log2(placement.threads) : 0,
      Math.log2(placement.batch),
      placement.layers / layersInAll,
      placement.isMapped ? 1 : 0,
      placement.hasFlashAttention ? 1 : 0,
    ]
    return { seconds, ttftGradient, tokenGradient, inputs }
  }
}
