import { z } from 'zod'

/** What the guardian tells of the server that it watches over. It is told nothing: a closed channel is its only order. */
export const guardianMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), pid: z.int().positive() }),
  /** It could not be started, or it ended unasked. */
  z.object({ type: z.literal('ended'), lastLines: z.string() }),
])
export type GuardianMessage = z.infer<typeof guardianMessageSchema>
