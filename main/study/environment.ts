import { environmentNames } from '../../preload/contract/model.ts'
import type { Configuration, ParameterName, ParameterValue } from '../../preload/contract/model.ts'
import type { Study } from '../../preload/contract/study.ts'
import { settingsOf } from '../ollama/private/environment.ts'
import { isSameConfiguration } from './choices.ts'

interface Setting {
  daemon: Pick<Study['daemon'], 'usual'>
  model: Pick<Study['model'], 'parameters'>
}

/** PARAMETER lines of the tag, and what the environment of the user's daemon sets, as far as a study varies it. */
export function parametersInForce({ daemon, model }: Setting): Record<string, ParameterValue> {
  return { ...model.parameters, ...(daemon.usual ? settingsOf(daemon.usual.variables) : {}) }
}

/** The part of a configuration that a tag brings: what only the environment can set is as the user has it. */
export function tagPart({ daemon, plan }: Pick<Study, 'daemon' | 'plan'>, configuration: Configuration): Configuration {
  if (!daemon.usual) return configuration
  const { flash_attention, kv_cache_type, num_parallel } = plan.baseline
  return { ...configuration, flash_attention, kv_cache_type, num_parallel }
}

/** The parameters of a configuration that need another environment than the user's; none where a tag holds all. */
export function environmentChanges(
  { daemon, plan }: Pick<Study, 'daemon' | 'plan'>,
  configuration: Configuration,
): ParameterName[] {
  if (!daemon.usual) return []
  return environmentNames.filter((name) => configuration[name] !== plan.baseline[name])
}

/** Whether a tag can hold anything of a configuration that differs from the user's own settings. */
export function isHeldByTag(study: Pick<Study, 'daemon' | 'plan'>, configuration: Configuration): boolean {
  const isOwn = environmentChanges(study, configuration).length === 0
  return isOwn || !isSameConfiguration(tagPart(study, configuration), study.plan.baseline)
}
