import type { Configuration } from '../../../preload/contract/model.ts'
import type { Measurement } from '../samplers/history.ts'
import type { Problem } from '../types.ts'
import { conditionOn, matern52 } from './gp.ts'
import type { Physics } from './physics.ts'
import type { Placement } from './placement.ts'

/** Bytes per second at which weights arrive: from the page cache or a solid-state disk. */
const bytesPerSecond = 8e8
/** Seconds to start the engine, whatever the model. */
const startSeconds = 1
/** How far off that guess may be in common for all loads, for mapped against read files, and by share of layers, nats. */
const spread = { common: 0.8, mapped: 0.3, layers: 0.15, noise: 0.1 }

/**
 * Expected seconds of a load: a Gaussian process on the log-residual of bytes to read over a common rate. Mapped and
 * read files differ, and so does the share of layers that must be copied to the GPU.
 */
export function fitLoadSeconds(
  problem: Problem,
  physics: Physics,
  measurements: readonly Measurement[],
): (configuration: Configuration) => number {
  const guess = Math.log(problem.facts.totalBytes / bytesPerSecond + startSeconds)
  const process = conditionOn<Placement>(
    {
      mean: () => guess,
      covariance: (a, b) =>
        spread.common ** 2 +
        (a.isMapped === b.isMapped ? spread.mapped ** 2 : 0) +
        spread.layers ** 2 * matern52(Math.abs(a.layers - b.layers) / Math.max(1, problem.facts.blockCount / 4)),
    },
    measurements.map(({ configuration, outcome }) => ({
      x: physics.place(configuration),
      y: Math.log(Math.max(1e-3, outcome.load.loadSeconds)),
      noiseVariance: spread.noise ** 2,
    })),
  )
  return (configuration) => {
    const { mean, variance } = process.predict(physics.place(configuration))
    return Math.exp(mean + variance / 2)
  }
}
