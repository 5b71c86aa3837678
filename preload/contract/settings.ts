import { z } from 'zod'
import { remoteComputerSchema } from './goal.ts'

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
  /** The computer at that address, where it is another; absent: nothing was said of it. */
  remoteComputer: remoteComputerSchema.optional(),
})
export type Settings = z.infer<typeof settingsSchema>
