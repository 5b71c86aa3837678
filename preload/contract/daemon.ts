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
  /** A request and a tag can set `flash_attention` (the built-in engine); Ollama reads it from its environment alone. */
  flashAttentionOption: z.boolean().default(false),
})
export type DaemonFeatures = z.infer<typeof daemonFeaturesSchema>

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
