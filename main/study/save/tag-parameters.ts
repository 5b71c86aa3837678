import type { Configuration, ParameterValue } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { requestOptions } from '../../measure/options.ts'
import { changedParameters } from '../../ollama/parameters.ts'
import { parametersInForce, tagPart } from '../environment.ts'

/**
 * The PARAMETER lines that make a tag run as `configuration` was measured: exactly the options that its trials sent,
 * less those that the base tag sets already, and those that no tag can hold.
 */
export function tagParameters(study: Study, configuration: Configuration): Record<string, ParameterValue> {
  const { model, request, daemon } = study
  const contextLength = Math.min(request.contextLength, model.facts.trainedContextLength)
  const held = tagPart(study, configuration)
  const options = requestOptions(held, parametersInForce(study), contextLength, daemon.features)
  return changedParameters(model.parameters, { ...options })
}
