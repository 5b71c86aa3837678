import { mean } from 'simple-statistics'
import { layersByMemory } from '../automatic-layers.ts'
import { discreteCount } from '../fit.ts'
import type { Measurement } from '../samplers/history.ts'
import type { Problem } from '../types.ts'
import type { Physics } from './physics.ts'

/** Whether a daemon's report counts in what a card's driver takes is not known: half of that either way, MiB. */
const contextSpreadMiB = 200
/** Layers that a prediction of memory may be off by. */
const predictionSpread = 0.5

/**
 * The physics with what the daemon reports of graphics memory: how many layers it chose by itself. Speed alone would
 * not tell, as fewer layers look like a slower card. Normal belief times normal likelihood, on the logarithm.
 */
export function informedByMemory(problem: Problem, physics: Physics, measurements: readonly Measurement[]): Physics {
  const k = physics.keys.indexOf('automaticLayers')
  const automatic = measurements.filter(({ configuration }) => configuration.num_gpu < 0)
  const predicted = automatic[0] ? physics.place(automatic[0].configuration).layers : 0
  // Of a mixture, experts are moved one by one, which no count of layers describes.
  if (k < 0 || predicted === 0 || problem.facts.expertCount > 0) return physics
  const seen = automatic.flatMap(
    ({ configuration, outcome: { load } }) => layersByMemory(problem, configuration, load.memory) ?? [],
  )
  if (seen.length === 0) return physics
  const layers = Math.max(0.5, mean(seen.map((one) => one.layers)))
  const layerMiB = mean(seen.map((one) => one.layerMiB))
  const sd = Math.hypot(predictionSpread, (discreteCount(problem) * contextSpreadMiB) / layerMiB) / layers
  const [own, other] = [(physics.priorSd[k] ?? 1) ** -2, sd ** -2]
  const believed = (own * (physics.priorMean[k] ?? 0) + other * Math.log(layers / predicted)) / (own + other)
  return {
    ...physics,
    priorMean: physics.priorMean.with(k, believed),
    priorSd: physics.priorSd.with(k, (own + other) ** -0.5),
  }
}
