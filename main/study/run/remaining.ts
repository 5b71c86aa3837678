import { mean, median } from 'simple-statistics'
import type { Study } from '../../../preload/contract/study.ts'
import type { Trial, TrialPurpose } from '../../../preload/contract/trial.ts'
import { objectiveCost } from '../../search/objective.ts'
import { isSameConfiguration, measuredLoads, type MeasuredLoad } from '../choices.ts'
import { budgetFor } from '../goals.ts'

// The figures here are those of whole studies on the recorded and simulated tables: `npm run bench:remaining`.

/** Loads that have probably still to begin; fractions are likelihoods. */
interface LoadsLeft {
  baseline: number
  search: number
  confirm: number
}

/** A gain that is worth a confirmation. */
const promisingGain = 0.03
/** Of so few others none may be better yet. */
const fewestForGain = 2
/** Where the whole model is in graphics memory the engine mostly chooses well, and the search sees so after so many. */
const searchLoadsInFull = 3.5
/** Elsewhere so many settings without a gain are mostly the end of a search. */
const searchLoadsWithoutGain = 4
/** The best settings with one of the user's own put back. */
const reasonLoads = 1
/** Two or three pairs. */
const confirmLoads = 5

/** A search load by one of the baseline: it has fewer answers, and of faster settings where there is something to win. */
const searchByBaseline = { full: 1, partial: 0.65, cpu: 0.65 }
/** Present settings that did not get through an answer in time are to blame themselves: others take so much less. */
const searchByCrawlingBaseline = 0.3

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
  const { phase, request, plan, trials } = study
  const budget = budgetFor(request.budget)
  const begun = (stage: Stage) => trials.filter((trial) => isCounted(trial) && stageOf(trial.purpose) === stage).length
  const gain = gainSeen(study)
  const isPromising = phase === 'confirm' || (gain === null ? plan.regime !== 'full' : gain >= promisingGain)
  const confirm = isPromising ? Math.max(0, confirmLoads - begun('confirm')) : 0
  if (phase === 'done') return { baseline: 0, search: 0, confirm: 0 }
  if (phase === 'confirm' || study.searchEnded !== null) return { baseline: 0, search: 0, confirm }
  // A small space is not searched to its end: what is left can be told from the rest.
  const most = Math.min(budget.searchLoads, (plan.candidateCount - 1) / 2)
  const enough = plan.regime === 'full' ? searchLoadsInFull : searchLoadsWithoutGain
  const toCome = Math.max(0, (isPromising ? most : Math.min(most, enough)) - begun('search'))
  return {
    baseline: phase === 'baseline' ? Math.max(0, budget.baselineLoads - baselineBegun(study)) : 0,
    search: isPromising ? toCome + reasonLoads : Math.max(toCome, begun('search') < most ? 1 : 0),
    confirm,
  }
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

/** The best gain over the present settings that was seen, as a share; null while too little was seen to tell. */
function gainSeen(study: Study): number | null {
  const isBaseline = ({ configuration }: MeasuredLoad) => isSameConfiguration(configuration, study.plan.baseline)
  const cost = (load: MeasuredLoad) => objectiveCost(study.request.goal, load, study.plan.workload)
  const loads = measuredLoads(study)
  const own = loads.filter(isBaseline).map(cost)
  const others = loads.filter((load) => !isBaseline(load)).map(cost)
  return own.length === 0 || others.length < fewestForGain ? null : mean(own) / Math.min(...others) - 1
}

/** What a load of each stage takes: as measured, or by what the present settings took; null before any has finished. */
function secondsEach(study: Study): Record<Stage, number> | null {
  const secondsOf = (purpose: TrialPurpose) =>
    study.trials.filter((trial) => isCounted(trial) && trial.purpose === purpose).flatMap(secondsTaken)
  const baseline = secondsOf('baseline').at(-1)
  if (baseline === undefined) return null
  const searched = secondsOf('search')
  const isCrawling = study.trials.some(({ purpose, outcome }) => purpose === 'baseline' && outcome?.kind === 'timeout')
  const searchShare = isCrawling ? searchByCrawlingBaseline : searchByBaseline[study.plan.regime]
  const search = searched.length > 0 ? median(searched) : searchShare * baseline
  const ofPresent = searched.length > 0 ? Math.min(baseline, Math.max(...searched)) : baseline
  return { baseline, search, confirm: (search + ofPresent) / 2 }
}

/** Seconds of a trial by the wall clock, once it has finished. */
export function secondsTaken({ startedAt, finishedAt }: Trial): number[] {
  return finishedAt === null ? [] : [Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)]
}
