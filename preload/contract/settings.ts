import { z } from 'zod'

/** What the user set once and expects to find again. */
export const settingsSchema = z.object({
  schemaVersion: z.literal(1),
  colorScheme: z.enum(['light', 'dark', 'auto']),
  /** Address of Ollama; null: OLLAMA_HOST, else the default address. */
  ollamaUrl: z.url().nullable(),
})
export type Settings = z.infer<typeof settingsSchema>
