import type { Study } from '../../../preload/contract/study.ts'
import type { Daemon } from '../../ollama/daemon.ts'
import { isSameName } from '../../models/names.ts'

/** As long as Ollama itself keeps a model that nobody uses. */
const keepAliveSeconds = 300

/**
 * Loads again what was loaded before the study and is no more, with the context it had. What is still loaded is left
 * alone: it may have been loaded with settings that cannot be seen. What cannot be loaded loads when it is next used.
 */
export async function reloadModels({ loadedBefore = [] }: Study, daemon: Daemon): Promise<void> {
  if (loadedBefore.length === 0) return
  const present = await daemon.listLoaded()
  for (const { name, contextLength } of loadedBefore) {
    if (present.some((model) => isSameName(model.name, name))) continue
    await daemon.load(name, contextLength === null ? {} : { num_ctx: contextLength }, keepAliveSeconds)
  }
}
