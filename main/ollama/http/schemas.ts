import { z } from 'zod'

// What Ollama answers, as far as it is used; unknown fields are ignored. Optional is only what some version leaves out.

export const versionSchema = z.object({ version: z.string() })

const detailsSchema = z.object({
  family: z.string().default(''),
  parameter_size: z.string().default(''),
  quantization_level: z.string().default(''),
  /** From 0.30.0 on. */
  context_length: z.number().optional(),
})

export const tagsSchema = z.object({
  models: z.array(
    z.object({
      name: z.string().min(1),
      digest: z.string(),
      size: z.number().nonnegative(),
      details: detailsSchema,
      /** Set for models that run elsewhere. */
      remote_host: z.string().default(''),
      /** From 0.30.0 on. */
      capabilities: z.array(z.string()).optional(),
    }),
  ),
})
export type TagsEntry = z.infer<typeof tagsSchema>['models'][number]

export const psSchema = z.object({
  models: z.array(
    z.object({
      name: z.string().min(1),
      digest: z.string(),
      size: z.number().nonnegative(),
      size_vram: z.number().nonnegative(),
      /** From 0.10.0 on. */
      context_length: z.number().optional(),
      expires_at: z.string().optional(),
    }),
  ),
})

export type PsEntry = z.infer<typeof psSchema>['models'][number]

export const showSchema = z.object({
  parameters: z.string().default(''),
  details: z.record(z.string(), z.unknown()).default({}),
  model_info: z.record(z.string(), z.unknown()),
  projector_info: z.record(z.string(), z.unknown()).nullish(),
  tensors: z.array(z.object({ name: z.string(), type: z.string(), shape: z.array(z.number()) })).nullish(),
  /** From 0.6.4 on; before, everything could complete. */
  capabilities: z.array(z.string()).default(['completion']),
})

/** The answer to a request that only loads or unloads: it carries no durations. */
export const emptyGenerationSchema = z.object({ done: z.literal(true) })

/** Ollama leaves zeros out of its answers. */
const nanoseconds = z.number().nonnegative().default(0)

/** A line of a generation, or its last with the figures. */
export const generateLineSchema = z.discriminatedUnion('done', [
  z.object({
    done: z.literal(false),
    response: z.string().default(''),
    thinking: z.string().default(''),
  }),
  z.object({
    done: z.literal(true),
    response: z.string().default(''),
    thinking: z.string().default(''),
    done_reason: z.string().default('stop'),
    total_duration: z.number().positive(),
    load_duration: nanoseconds,
    prompt_eval_count: z.number().int().nonnegative().default(0),
    prompt_eval_duration: nanoseconds,
    eval_count: z.number().int().nonnegative().default(0),
    eval_duration: nanoseconds,
  }),
])
export type GenerateLine = z.infer<typeof generateLineSchema>

export const createLineSchema = z.object({ status: z.string() })
