import { z } from 'zod'

/** The two programs that can run models for us: the user's Ollama and Attune's own engine with the same API. */
export const daemonKindSchema = z.enum(['ollama', 'builtIn'])
export type DaemonKind = z.infer<typeof daemonKindSchema>

/** What this version of the daemon can and cannot do (boundaries: reference tables in `main/ollama/features.ts`). */
export const daemonFeaturesSchema = z.object({
  /** `/api/ps` tells the context length of a loaded model (0.10.0). */
  reportsContextLength: z.boolean(),
  /** `num_batch` 0 chooses the batch by context length (0.30.0); before, 0 is an error and 512 the default. */
  automaticBatch: z.boolean(),
  /** The output layer is offloaded first, so `num_gpu` 1 is the output layer (0.30.0); before, it came last. */
  outputLayerFirst: z.boolean(),
  /** Left alone, flash attention is on wherever the devices can do it (0.12.4); before, it is off. */
  automaticFlashAttention: z.boolean().default(true),
  /** A request can set `flash_attention`: of the built-in engine, or of an Ollama that a study has for itself. */
  flashAttentionOption: z.boolean().default(false),
  /** A request can set `kv_cache_type`: of an Ollama that a study has for itself, if the user agreed. */
  cacheTypeOption: z.boolean().default(false),
  /** A request can set `num_parallel`: of an Ollama that a study has for itself. */
  parallelOption: z.boolean().default(false),
})
export type DaemonFeatures = z.infer<typeof daemonFeaturesSchema>

/** The user's Ollama, where a study measures in one of its own beside it. */
export const usualDaemonSchema = z.object({
  /** How the user's is installed, on which it depends how its environment is changed. */
  installation: z.enum(['app', 'service', 'program']),
  /** Those of its environment variables that a study may vary, as they are set. */
  variables: z.record(z.string(), z.string()),
  /** False where they could not be read, so that Attune's own environment stands for them. */
  isEnvironmentKnown: z.boolean(),
})
export type UsualDaemon = z.infer<typeof usualDaemonSchema>

export const daemonStatusSchema = z.object({
  kind: daemonKindSchema,
  /** `missing`: not installed. `stopped`: installed, not answering. `unreachable`: something else is wrong, see `problem`. */
  state: z.enum(['running', 'stopped', 'missing', 'unreachable']),
  url: z.string(),
  /** False when the address belongs to another computer: the hardware profile is not the daemon's then. */
  isLocal: z.boolean(),
  version: z.string().nullable(),
  features: daemonFeaturesSchema,
  /** What went wrong, in one sentence, and what to do about it; null while all is well. */
  problem: z.object({ message: z.string(), hint: z.string() }).nullable(),
})
export type DaemonStatus = z.infer<typeof daemonStatusSchema>
