import { z } from 'zod'

/** The languages that Attune speaks. */
export const languageSchema = z.enum(['en', 'de'])
export type Language = z.infer<typeof languageSchema>

/** What the user set once and expects to find again. */
export const settingsSchema = z.object({
  schemaVersion: z.literal(1),
  colorScheme: z.enum(['light', 'dark', 'auto']),
  /** `system`: the computer's own, if Attune speaks it. */
  language: z.enum(['system', ...languageSchema.options]).default('system'),
  /** Address of Ollama; null: OLLAMA_HOST, else the default address. */
  ollamaUrl: z.url().nullable(),
})
export type Settings = z.infer<typeof settingsSchema>
