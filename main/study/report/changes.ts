import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Configuration, ParameterName } from '../../../preload/contract/model.ts'
import type { MeasuredChoice, Study } from '../../../preload/contract/study.ts'
import { automaticThreads, coreKinds, usableCores } from '../../search/engine-state.ts'
import { isSameConfiguration } from '../choices.ts'
import { changedNames } from '../confirmation.ts'
import type { StudyReason } from '../../words/study.ts'
import { settingValue } from './settings-values.ts'

export interface Change {
  name: ParameterName
  from: Configuration[ParameterName]
  to: Configuration[ParameterName]
  reason: StudyReason
}

/**
 * Each parameter in which `best` differs from the baseline, with the measured reason: what the same settings did with
 * the old value, where that was measured, else what this change alone did for the baseline. Where several settings
 * changed at once and no trial tells them apart, the reason says so instead of crediting one of them.
 */
export function explainChanges(
  study: Study,
  goal: GoalKind,
  best: MeasuredChoice,
  choices: readonly MeasuredChoice[],
): Change[] {
  const { baseline } = study.plan
  const changed = changedNames(study, best.configuration)
  return changed.map((name) => {
    const from = baseline[name]
    const to = best.configuration[name]
    const measured = (configuration: Configuration) =>
      choices.find((choice) => isSameConfiguration(choice.configuration, configuration))
    const unchanged = { ...best.configuration, [name]: from }
    const without = measured(unchanged)
    if (without) return { name, from, to, reason: measuredReason(study, goal, name, without, best) }
    if (didNotFit(study, unchanged)) {
      return {
        name,
        from,
        to,
        reason: { code: 'study.otherwiseNoFit', values: { name, from: settingValue(name, from) } },
      }
    }
    const [before, alone] = [measured(baseline), measured({ ...baseline, [name]: to })]
    if (before && alone && isBetter(goal, alone, before)) {
      return { name, from, to, reason: measuredReason(study, goal, name, before, alone) }
    }
    const others = changed.filter((other) => other !== name).join(', ')
    return { name, from, to, reason: { code: 'study.changedTogether', values: { name, others } } }
  })
}

function isBetter(goal: GoalKind, choice: MeasuredChoice, other: MeasuredChoice): boolean {
  return goal === 'memory' ? totalMiB(choice) < totalMiB(other) : choice.turnSeconds.mean < other.turnSeconds.mean
}

function didNotFit(study: Study, configuration: Configuration): boolean {
  return study.trials.some(
    (trial) =>
      (trial.outcome?.kind === 'outOfMemory' || trial.outcome?.kind === 'spill') &&
      isSameConfiguration(trial.configuration, configuration),
  )
}

function measuredReason(
  study: Study,
  goal: GoalKind,
  name: ParameterName,
  without: MeasuredChoice,
  best: MeasuredChoice,
): StudyReason {
  const from = settingValue(name, without.configuration[name])
  const to = settingValue(name, best.configuration[name])
  if (goal === 'memory') {
    const values = { name, from, to, fromMiB: totalMiB(without), toMiB: totalMiB(best) }
    return { code: 'study.savesMemory', values }
  }
  const reading = {
    from,
    to,
    fromSpeed: without.prefillTokensPerSecond.mean,
    toSpeed: best.prefillTokensPerSecond.mean,
  }
  const writing = { from, to, fromSpeed: without.decodeTokensPerSecond.mean, toSpeed: best.decodeTokensPerSecond.mean }
  switch (name) {
    case 'num_thread':
      return threadsReason(study, without.configuration, best.configuration, writing)
    case 'num_gpu':
      return { code: 'study.layers', values: writing }
    case 'num_batch':
      return { code: 'study.batch', values: reading }
    case 'use_mmap':
      return { code: 'study.mapping', values: writing }
    case 'flash_attention':
      return { code: 'study.flashAttention', values: writing }
    case 'kv_cache_type':
      return { code: 'study.cacheType', values: writing }
    case 'num_parallel':
      return { code: 'study.conversations', values: writing }
  }
}

/** Why another thread count is faster, as far as the processor's facts tell. */
function threadsReason(
  { machine }: Study,
  without: Configuration,
  best: Configuration,
  values: StudyReason['values'],
): StudyReason {
  const threadsOf = ({ num_thread }: Configuration) => (num_thread === 0 ? automaticThreads(machine) : num_thread)
  const [from, to] = [threadsOf(without), threadsOf(best)]
  const usable = usableCores(machine.cpu)
  const { fast, slow } = coreKinds(machine.cpu)
  if (from > usable && to <= usable) return { code: 'study.threadsBeyondCores', values: { ...values, usable } }
  if (slow > 0 && from > fast && to <= fast) {
    return { code: 'study.threadsOnSlowCores', values: { ...values, fast } }
  }
  return { code: to < from ? 'study.threadsFewer' : 'study.threadsMore', values }
}

function totalMiB({ memory }: MeasuredChoice): number {
  return memory.ramMiB + memory.vramMiB
}
