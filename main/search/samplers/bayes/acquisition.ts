import { normalCdf, normalDensity } from '../../../statistics/distributions.ts'

/** E[max(0, z + Z)] for Z ~ Normal(0, 1), z far below 0 included. */
function expectedExcess(z: number): number {
  return Math.max(0, z * normalCdf(z) + normalDensity(z))
}

/** P(Y < threshold) for Y ~ Normal(mean, variance). */
export function probabilityBelow(mean: number, variance: number, threshold: number): number {
  const sd = Math.sqrt(variance)
  if (sd === 0) return mean < threshold ? 1 : 0
  return normalCdf((threshold - mean) / sd)
}

/** One of the things to choose among, when a measurement will have moved its mean by `slope` · Z, Z ~ Normal(0, 1). */
export interface Choice {
  mean: number
  slope: number
}

/**
 * Knowledge gradient: by how much the lowest mean will fall on average once one more measurement has moved all of
 * them together, min mean − E[min (mean + slope · Z)], never negative. Exact, by the lower envelope of the lines.
 * Source: P. Frazier, W. Powell, S. Dayanik, INFORMS Journal on Computing 21(4), 2009, algorithm 1.
 */
export function knowledgeGradient(choices: readonly Choice[]): number {
  // Lines from the steepest to the flattest, as those win the lower envelope from left to right.
  const lines = choices.toSorted((a, b) => b.slope - a.slope || a.mean - b.mean)
  const envelope: { line: Choice; from: number }[] = []
  for (const line of lines) {
    if (envelope.at(-1)?.line.slope === line.slope) continue
    let from = -Infinity
    for (let last = envelope.at(-1); last; last = envelope.at(-1)) {
      from = (line.mean - last.line.mean) / (last.line.slope - line.slope)
      if (from > last.from) break
      envelope.pop()
      from = -Infinity
    }
    envelope.push({ line, from })
  }
  let gain = 0
  for (const [i, { line, from }] of envelope.entries()) {
    const previous = envelope[i - 1]
    if (previous) gain += (previous.line.slope - line.slope) * expectedExcess(-Math.abs(from))
  }
  return gain
}

/** Seconds weigh in by this power: doubling the cost of a trial must be paid back, but not in full. */
const secondsExponent = 0.5

/**
 * What the next trial is chosen by: gain × probability of fitting, per expected second
 * (J. Snoek, H. Larochelle, R. Adams, NeurIPS 2012, with the seconds damped).
 */
export function acquisition(gain: number, fitsProbability: number, expectedSeconds: number): number {
  return (gain * fitsProbability) / expectedSeconds ** secondsExponent
}
