import { z } from 'zod'

/** What the launcher and the engine's process say to each other: settings in the environment, one message back. */
export interface EngineSettings {
  dataFolder: string
  /** Requests that may wait behind the running one. */
  maximumWaiting: number
}

export const readyMessageSchema = z.object({ type: z.literal('ready'), url: z.url() })
export type ReadyMessage = z.infer<typeof readyMessageSchema>

const settingsSchema = z.object({ dataFolder: z.string().min(1), maximumWaiting: z.number().int().nonnegative() })
const variable = 'ATTUNE_ENGINE'

export function environmentFor(settings: EngineSettings): Record<string, string> {
  return { [variable]: JSON.stringify(settings) }
}

/** Throws if the process was not started by the launcher. */
export function parseSettings(environment: Record<string, string | undefined>): EngineSettings {
  return settingsSchema.parse(JSON.parse(environment[variable] ?? 'null'))
}
