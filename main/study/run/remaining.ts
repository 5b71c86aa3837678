import { mean, median } from 'simple-statistics'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Regime } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { Trial, TrialPurpose } from '../../../preload/contract/trial.ts'
import { objectiveCost } from '../../search/objective.ts'
import type { Patience } from '../../search/types.ts'
import { isSameConfiguration, measuredLoads, type MeasuredLoad } from '../choices.ts'
import { budgetFor } from '../goals.ts'

// The figures here are those of whole studies on the recorded and simulated tables: `npm run bench:remaining`.

/** Loads that have probably still to begin; fractions are likelihoods. */
interface LoadsLeft {
  baseline: number
  search: number
  confirm: number
}

/** How likely a study goes on to confirm something, before it has tried anything. */
const firstChance = { full: 0, partial: 1, cpu: 0.75 }
/** The same once it has, where nothing was gained yet. */
const chanceWithoutGain = { full: 0, partial: 0.2, cpu: 0.2 }
/** A gain over the present settings that is as good as always confirmed, as a share; memory is measured without noise. */
const sureGain: Record<GoalKind, number> = { chat: 0.1, throughput: 0.1, memory: 0.03 }

/**
 * A search that its budget leaves free mostly ends after so many loads: in graphics memory alone there is little to
 * win, and what a setting saves in memory is known before it is tried.
 */
const usualSearchLoads: Record<Patience, Record<GoalKind, Record<Regime, number>>> = {
  usual: {
    chat: { full: 3, partial: 9, cpu: 6.5 },
    throughput: { full: 4, partial: 10, cpu: 9.5 },
    memory: { full: 2, partial: 2, cpu: 1 },
  },
  thorough: {
    chat: { full: 7, partial: 24, cpu: 14 },
    throughput: { full: 14, partial: 24, cpu: 17 },
    memory: { full: 6, partial: 24, cpu: 3 },
  },
}
/** The best settings with one of the user's own put back, where several changed; less memory mostly takes but one. */
const reasonLoads: Record<GoalKind, number> = { chat: 1, throughput: 1, memory: 0.5 }
/** Two or three pairs; memory is the same each time. */
const confirmLoads: Record<GoalKind, number> = { chat: 5, throughput: 5, memory: 4 }

/** A search load by one of the baseline: it has fewer answers, and of faster settings where there is something to win. */
const searchByBaseline = { full: 1, partial: 0.65, cpu: 0.65 }
/** Present settings that did not get through an answer in time are to blame themselves: others take so much less. */
const searchByTimeout = 0.5

/**
 * Seconds until the study ends, by what is known now; null before a trial of the present settings has finished.
 *
 * @param sinceSeconds seconds that the running trial has taken so far.
 */
export function remainingSeconds(study: Study, sinceSeconds: number): number | null {
  const each = secondsEach(study)
  if (each === null) return null
  const left = loadsLeft(study)
  const last = study.trials.at(-1)
  const running = last?.outcome === null ? Math.max(0, each[stageOf(last.purpose)] - sinceSeconds) : 0
  return running + left.baseline * each.baseline + left.search * each.search + left.confirm * each.confirm
}

/** How many loads have still to begin. A study whose search has found something goes on to confirm it. */
export function loadsLeft(study: Study): LoadsLeft {
  const { phase, request, plan, trials, searchEnded } = study
  if (phase === 'done') return { baseline: 0, search: 0, confirm: 0 }
  const budget = budgetFor(request.budget)
  const begun = (stage: Stage) => trials.filter((trial) => isCounted(trial) && stageOf(trial.purpose) === stage).length
  const chance = confirmationChance(study)
  const confirm = chance * Math.max(0, confirmLoads[request.goal] - begun('confirm'))
  if (phase === 'confirm' || searchEnded !== null) return { baseline: 0, search: 0, confirm }
  // A small space is not searched to its end: what is left can be told from the rest.
  const most = Math.min(budget.searchLoads, (plan.candidateCount - 1) / 2)
  const usual = Math.min(most, usualSearchLoads[budget.patience][request.goal][plan.regime])
  const toCome = Math.max(begun('search') < most ? 1 : 0, usual - begun('search'))
  return {
    baseline: phase === 'baseline' ? Math.max(0, budget.baselineLoads - baselineBegun(study)) : 0,
    search: toCome + chance * reasonLoads[request.goal],
    confirm,
  }
}

/** How likely the study goes on to confirm what it finds: the more, the more the best so far gains. */
function confirmationChance(study: Study): number {
  const { phase, request, plan } = study
  if (phase === 'confirm') return 1
  const gain = gainSeen(study)
  // Nearly every computer can spare some memory.
  if (gain === null) return request.goal === 'memory' ? 1 : firstChance[plan.regime]
  const least = chanceWithoutGain[plan.regime]
  return least + (1 - least) * Math.min(1, Math.max(0, gain / sureGain[request.goal]))
}

type Stage = keyof LoadsLeft

function stageOf(purpose: TrialPurpose): Stage {
  switch (purpose) {
    case 'baseline':
      return 'baseline'
    case 'search':
    case 'sentinel':
      return 'search'
    case 'confirmBaseline':
    case 'confirmCandidate':
      return 'confirm'
  }
}

const isCounted = ({ outcome }: Trial): boolean => outcome?.kind !== 'skipped'

/** Loads of the present settings that count for the baseline, one that is running included. */
function baselineBegun(study: Study): number {
  return measuredLoads(study).length + (study.trials.at(-1)?.outcome === null ? 1 : 0)
}

/** The best gain over the present settings that was seen, as a share; null while nothing else was measured. */
function gainSeen(study: Study): number | null {
  const isBaseline = ({ configuration }: MeasuredLoad) => isSameConfiguration(configuration, study.plan.baseline)
  const cost = (load: MeasuredLoad) => objectiveCost(study.request.goal, load, study.plan.workload)
  const loads = measuredLoads(study)
  const own = loads.filter(isBaseline).map(cost)
  const others = loads.filter((load) => !isBaseline(load)).map(cost)
  return own.length === 0 || others.length === 0 ? null : mean(own) / Math.min(...others) - 1
}

/** What a load of each stage takes: as measured, or by what the present settings took; null before any has finished. */
function secondsEach(study: Study): Record<Stage, number> | null {
  const secondsOf = (purpose: TrialPurpose) =>
    study.trials.filter((trial) => isCounted(trial) && trial.purpose === purpose).flatMap(secondsTaken)
  const baseline = secondsOf('baseline').at(-1)
  if (baseline === undefined) return null
  const searched = secondsOf('search')
  const timeouts = study.trials.filter(({ outcome }) => outcome?.kind === 'timeout').length
  const searchShare = timeouts > 0 ? searchByTimeout ** timeouts : searchByBaseline[study.plan.regime]
  const search = searched.length > 0 ? median(searched) : searchShare * baseline
  const ofPresent = searched.length > 0 ? Math.min(baseline, Math.max(...searched)) : baseline
  return { baseline, search, confirm: (search + ofPresent) / 2 }
}

/** Seconds of a trial by the wall clock, once it has finished. */
export function secondsTaken({ startedAt, finishedAt }: Trial): number[] {
  return finishedAt === null ? [] : [Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)]
}
