import { z } from 'zod'

/** The request bodies of Ollama's API, as far as the engine serves them. Unknown fields are ignored, null is absent. */

const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)
const options = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {})

const model = z.string().nullish()
/** Routes other than generate and chat also take the older `name`. */
const named = z.object({ model, name: model }).transform(({ model, name }) => ({ model: model ?? name ?? '' }))

const running = z.object({
  model: z.string().default(''),
  options,
  stream: optional(z.boolean()),
  keep_alive: optional(z.union([z.number(), z.string()])),
  think: optional(z.union([z.boolean(), z.string()])),
  shift: optional(z.boolean()),
  truncate: optional(z.boolean()),
})
export type RunningRequest = z.infer<typeof running>

export const generateSchema = running.extend({
  prompt: z.string().default(''),
  suffix: optional(z.string()),
  system: optional(z.string()),
  template: optional(z.string()),
  context: optional(z.array(z.number())),
  raw: optional(z.boolean()),
})
export type GenerateBody = z.infer<typeof generateSchema>

const message = z.object({ role: z.string(), content: z.string().default('') })

export const chatSchema = running.extend({
  messages: z.array(message).default([]),
  tools: optional(z.array(z.unknown())),
})

export const showSchema = z.intersection(named, z.object({ verbose: optional(z.boolean()) }))
export const deleteSchema = named
export const copySchema = z.object({ source: z.string().default(''), destination: z.string().default('') })

export const createSchema = z.intersection(
  named,
  z.object({
    from: optional(z.string()),
    files: optional(z.record(z.string(), z.string())),
    parameters: options,
    system: optional(z.string()),
    template: optional(z.string()),
    stream: optional(z.boolean()),
  }),
)

export const openSchema = z.object({ path: z.string().min(1) })
