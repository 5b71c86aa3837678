import { z } from 'zod'
import { errorReportSchema } from '../../preload/contract/errors.ts'

/** What the launcher and the engine's process say to each other: settings in the environment, one message back. */
export interface EngineSettings {
  dataFolder: string
  /** Requests that may wait behind the running one. */
  maximumWaiting: number
}

export const startMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), url: z.url() }),
  /** A problem that a person can do something about, such as a folder that cannot be written. */
  z.object({ type: z.literal('failed'), report: errorReportSchema }),
])
export type StartMessage = z.infer<typeof startMessageSchema>

const settingsSchema = z.object({ dataFolder: z.string().min(1), maximumWaiting: z.number().int().nonnegative() })
const variable = 'ATTUNE_ENGINE'

export function environmentFor(settings: EngineSettings): Record<string, string> {
  return { [variable]: JSON.stringify(settings) }
}

/** Throws if the process was not started by the launcher. */
export function parseSettings(environment: Record<string, string | undefined>): EngineSettings {
  return settingsSchema.parse(JSON.parse(environment[variable] ?? 'null'))
}
