/**
 * The noise of tables/README.md, "Sampling a trial": one effect per load, one per repetition, and a drift by the
 * seconds paid.
 */
import { drawNormal } from '../../../main/search/random.ts'
import type { Random } from '../../../main/search/random.ts'
import type { Table } from '../tables.ts'
import type { Rates, Row } from '../tables/rows.ts'

/** ln of the factor that all repetitions of one load share. */
export function drawLoadEffect({ betweenSd }: Row, random: Random): number {
  return betweenSd * drawNormal(random)
}

/** Share of its speed that the machine has left after so many seconds of study. */
export function driftAt({ fraction, timeConstantSeconds }: Table['drift'], elapsedSeconds: number): number {
  return 1 - fraction * (1 - Math.exp(-elapsedSeconds / timeConstantSeconds))
}

/** Rates of one repetition: the row's means with load effect, repetition noise and `speed`, the share of speed left. */
export function drawRates(rates: Rates, withinSd: number, loadEffect: number, speed: number, random: Random): Rates {
  const draw = (mean: number) => mean * Math.exp(loadEffect + withinSd * drawNormal(random)) * speed
  const decodeTokensPerSecond = draw(rates.decodeTokensPerSecond)
  return { decodeTokensPerSecond, prefillTokensPerSecond: draw(rates.prefillTokensPerSecond) }
}
