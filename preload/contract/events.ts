import { z } from 'zod'
import { daemonStatusSchema } from './daemon.ts'
import { statementSchema } from './estimate.ts'
import { studyProgressSchema, studySchema } from './study.ts'
import { trialSchema } from './trial.ts'

/**
 * What main tells the renderer unasked, over one channel. Few and small on purpose: the window must not
 * disturb the measurement, so nothing is sent per token.
 */
export const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('practice.progress'), share: z.number().min(0).max(1) }),
  z.object({ type: z.literal('daemon.changed'), status: daemonStatusSchema }),
  /** State, phase, report or certificates changed; trials come by `study.trial`. */
  z.object({ type: z.literal('study.changed'), study: studySchema }),
  /** One trial began or ended. */
  z.object({ type: z.literal('study.trial'), id: z.string(), trial: trialSchema }),
  z.object({ type: z.literal('study.progress'), id: z.string(), progress: studyProgressSchema }),
  z.object({
    type: z.literal('register.progress'),
    id: z.string(),
    share: z.number().min(0).max(1),
    activity: statementSchema,
  }),
])
export type AttuneEvent = z.infer<typeof eventSchema>
export type EventType = AttuneEvent['type']
