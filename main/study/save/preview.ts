import type { EnvironmentAdvice } from '../../../preload/contract/environment.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { parameterEntries, writeModelfile } from '../../ollama/modelfile.ts'
import { environmentAdvice } from './environment-advice.ts'
import { tagParameters } from './tag-parameters.ts'

const flashAttentionNote =
  'flash_attention is for the built-in engine alone; in Ollama leave it out and set OLLAMA_FLASH_ATTENTION for the server.'

const environmentNote = (variables: EnvironmentAdvice['variables']) =>
  `Measured with ${variables.map(({ name, value }) => `${name}=${value}`).join(' ')} in the environment of Ollama, which no Modelfile can set.`

/**
 * The Modelfile of a configuration: FROM the tag itself, as the text that the daemon shows can lose the chat template,
 * and only the parameters that change.
 */
export function modelfileFor(study: Study, configuration: Configuration): string {
  const { id, createdAt, model, report } = study
  const parameters = tagParameters(study, configuration)
  const variables = environmentAdvice(study, configuration)?.variables ?? []
  const comments = [
    `Tuned by Attune, study ${id} of ${createdAt.slice(0, 10)}.`,
    ...(report ? [report.verdict.sentence.text] : []),
    ...('flash_attention' in parameters ? [flashAttentionNote] : []),
    ...(variables.length > 0 ? [environmentNote(variables)] : []),
  ]
  return writeModelfile([
    ...comments.map((text) => ({ kind: 'comment' as const, text })),
    { kind: 'text', instruction: 'FROM', text: model.ref.name },
    ...parameterEntries(parameters),
  ])
}
