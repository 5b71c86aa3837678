import { mean, median } from 'simple-statistics'
import type { Study } from '../../../preload/contract/study.ts'
import type { RepetitionPlan } from '../../measure/enough.ts'
import { pool, priorSpread } from '../../search/load-spread.ts'
import { isSameConfiguration, measuredLoads, type MeasuredLoad } from '../choices.ts'
import { budgetFor } from '../goals.ts'
import { noiseOf } from '../noise.ts'
import { openTrial } from '../transitions.ts'

const fewest = 3
const most = 10
/** An error of this share of a load's own effect adds an eighth to both together. */
const negligibleShare = 0.5
/** Deviation within a load as long as none is known. */
const guessedRepetitionDeviation = 0.02

/**
 * How many repetitions pay in a load: n = (σ_w / σ_b) √(seconds of a load / seconds of a repetition), 3 to 10, which
 * makes the mean over loads most precise for the time spent (two-stage sampling, W. Cochran, "Sampling Techniques",
 * 1977, §10.6).
 *
 * @param overheadSeconds what a load costs before its first counted repetition.
 */
export function payingRepetitions(
  deviations: { repetition: number; load: number },
  overheadSeconds: number,
  repetitionSeconds: number,
): number {
  const best = (deviations.repetition / deviations.load) * Math.sqrt(overheadSeconds / repetitionSeconds)
  return Math.min(most, Math.max(fewest, Math.ceil(best)))
}

/**
 * Counted repetitions for the trial that is under way, or for a saved tag. A trial of the search stops once it can be
 * told from the best so far, and a sentinel at the minimum, as it only watches for drift.
 */
export function repetitionsFor(study: Study): RepetitionPlan {
  const loads = measuredLoads(study).filter(({ stoppedEarly }) => !stoppedEarly)
  const { repetitionDeviation, loadMedian } = noiseOf(study, 'chat', loads)
  const loadDeviation = Math.sqrt(pool(priorSpread('chat', null), loadMedian).variance)
  const plan = {
    minimum: fewest,
    maximum: Math.min(
      budgetFor(study.request.budget).repetitions,
      maximumOf(loads, repetitionDeviation ?? guessedRepetitionDeviation, loadDeviation),
    ),
    targetRelativeError: negligibleShare * loadDeviation,
  }
  const purpose = openTrial(study)?.purpose
  if (purpose === 'sentinel') return { ...plan, maximum: fewest }
  const turnSeconds = bestTurnSeconds(loads)
  return purpose === 'search' && turnSeconds !== null ? { ...plan, rival: { turnSeconds, loadDeviation } } : plan
}

function maximumOf(loads: readonly MeasuredLoad[], repetitionDeviation: number, loadDeviation: number): number {
  if (loads.length === 0) return 2 * fewest
  const turn = median(loads.map((load) => load.turnSeconds))
  // The warm-up takes as long as an answer that counts.
  const overhead = median(loads.map((load) => load.loadSeconds)) + turn
  return payingRepetitions({ repetition: repetitionDeviation, load: loadDeviation }, overhead, turn)
}

/** Mean turn of the fastest configuration so far; null before any was measured. */
function bestTurnSeconds(loads: readonly MeasuredLoad[]): number | null {
  const turns = loads.map(({ configuration }) =>
    mean(
      loads.filter((other) => isSameConfiguration(other.configuration, configuration)).map((load) => load.turnSeconds),
    ),
  )
  return turns.length > 0 ? Math.min(...turns) : null
}
