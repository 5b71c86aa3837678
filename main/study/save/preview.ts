import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { parameterEntries, writeModelfile } from '../../ollama/modelfile.ts'
import { tagParameters } from './tag-parameters.ts'

const flashAttentionNote =
  'flash_attention is for the built-in engine alone; in Ollama leave it out and set OLLAMA_FLASH_ATTENTION for the server.'

/**
 * The Modelfile of a configuration: FROM the tag itself, as the text that the daemon shows can lose the chat template,
 * and only the parameters that change.
 */
export function modelfileFor(study: Study, configuration: Configuration): string {
  const { id, createdAt, model, report } = study
  const parameters = tagParameters(study, configuration)
  return writeModelfile([
    { kind: 'comment', text: `Tuned by Attune, study ${id} of ${createdAt.slice(0, 10)}.` },
    ...(report ? [{ kind: 'comment' as const, text: report.verdict.sentence.text }] : []),
    ...('flash_attention' in parameters ? [{ kind: 'comment' as const, text: flashAttentionNote }] : []),
    { kind: 'text', instruction: 'FROM', text: model.ref.name },
    ...parameterEntries(parameters),
  ])
}
