import type { EnvironmentAdvice } from '../../../preload/contract/environment.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { environmentCommands } from '../../ollama/private/environment-commands.ts'
import { variablesFor } from '../../ollama/private/environment.ts'
import type { EnvironmentReason } from '../../words/environment.ts'
import { say } from '../../words/say.ts'
import { environmentChanges } from '../environment.ts'
import { environmentRemarks } from '../report/environment-remarks.ts'

/** What to set for Ollama so that it runs a configuration as it was measured; null where a tag holds all of it. */
export function environmentAdvice(study: Study, configuration: Configuration): EnvironmentAdvice | null {
  const { usual } = study.daemon
  const changes = environmentChanges(study, configuration)
  if (!usual || changes.length === 0) return null
  const { flash_attention, kv_cache_type, num_parallel } = configuration
  const variables = variablesFor({
    ...(flash_attention === null ? {} : { flash_attention }),
    ...(kv_cache_type === null ? {} : { kv_cache_type }),
    ...(num_parallel === null ? {} : { num_parallel }),
  })
  const commands = environmentCommands(variables, study.machine.os.platform, usual)
  const remarks = environmentRemarks(study, study.request.goal, configuration)
  return {
    remarks: [...remarks, { code: 'environment.forAllModels', values: {} }].map(say),
    variables: Object.entries(variables).map(([name, value]) => ({ name, value, effect: say(effectOf(name, value)) })),
    how: say({ code: `environment.how.${commands.kind}`, values: {} }),
    set: commands.set,
    undo: commands.undo,
  }
}

function effectOf(name: string, value: string): EnvironmentReason {
  if (name === 'OLLAMA_NUM_PARALLEL') return { code: 'environment.conversations', values: { count: Number(value) } }
  if (name === 'OLLAMA_KV_CACHE_TYPE') return { code: 'environment.cacheType', values: { type: value } }
  return { code: value === '1' ? 'environment.flashAttentionOn' : 'environment.flashAttentionOff', values: {} }
}
