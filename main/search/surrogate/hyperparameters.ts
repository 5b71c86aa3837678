/**
 * Hyperparameters of the surrogate, as natural logarithms with independent normal priors: standard deviations in
 * nats of the log-residual, length scales in the units of the inputs (surrogate.ts).
 */
const priors = {
  /** Deviation of TTFT from the physical mean. */
  ttftAmplitude: { mean: Math.log(0.08), sd: 1 },
  /** Deviation of seconds per token from the physical mean. */
  tokenAmplitude: { mean: Math.log(0.065), sd: 1 },
  /** Octaves of threads over which deviations are alike. */
  threadScale: { mean: Math.log(0.35), sd: 0.5 },
  /** Octaves of batch. */
  batchScale: { mean: Math.log(1.5), sd: 0.5 },
  /** Share of all layers. */
  layerScale: { mean: Math.log(0.2), sd: 0.5 },
  /** Between a mapped file (1) and one that was read (0), flash attention (1) and none (0). */
  switchScale: { mean: Math.log(1), sd: 0.5 },
  /** Spread between loads, relative to that of repetitions within a load [measured on a shared machine: 0.8]. */
  loadSpreadRatio: { mean: Math.log(0.7), sd: 0.5 },
} as const

export type Hyperparameters = Record<keyof typeof priors, number>
const names = Object.keys(priors) as (keyof typeof priors)[]

/** Steps of the search, in prior standard deviations, coarse then fine. */
const steps = [1, 0.4]
const mostSweeps = 3

/** Hyperparameters at their prior. */
export function priorHyperparameters(): Hyperparameters {
  return exponentials(names.map((name) => priors[name].mean))
}

/**
 * Maximum a posteriori hyperparameters by coordinate ascent: each in turn is moved up or down while that helps.
 * Deterministic; every evaluation costs a factorisation, so their number is limited, and a search that begins where
 * the last one ended needs few.
 *
 * @param logLikelihood ln p(observations | hyperparameters)
 */
export function fitHyperparameters(
  logLikelihood: (hyperparameters: Hyperparameters) => number,
  start: Hyperparameters = priorHyperparameters(),
  mostEvaluations = Infinity,
): Hyperparameters {
  const logs = names.map((name) => Math.log(start[name]))
  let evaluations = 0
  const logPosterior = () => {
    evaluations += 1
    const logPrior = names.reduce(
      (sum, name, i) => sum - 0.5 * (((logs[i] ?? 0) - priors[name].mean) / priors[name].sd) ** 2,
      0,
    )
    return logPrior + logLikelihood(exponentials(logs))
  }
  let best = logPosterior()
  const improves = (i: number, change: number) => {
    if (evaluations >= mostEvaluations) return false
    const before = logs[i] ?? 0
    logs[i] = before + change
    const value = logPosterior()
    if (value > best) {
      best = value
      return true
    }
    logs[i] = before
    return false
  }
  for (const step of steps) {
    for (let sweep = 0; sweep < mostSweeps; sweep++) {
      const moved = names.map((name, i) => {
        const change = step * priors[name].sd
        return improves(i, change) || improves(i, -change)
      })
      if (!moved.includes(true)) break
    }
  }
  return exponentials(logs)
}

function exponentials(logs: readonly number[]): Hyperparameters {
  const values = {} as Hyperparameters
  for (const [i, name] of names.entries()) values[name] = Math.exp(logs[i] ?? priors[name].mean)
  return values
}
