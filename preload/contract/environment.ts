import { z } from 'zod'
import { statementSchema } from './estimate.ts'

/** How to give Ollama the environment that a configuration needs, on the computer that the study ran on. */
export const environmentAdviceSchema = z.object({
  /** What a saved model brings without it, and what else to mind. */
  remarks: z.array(statementSchema),
  variables: z.array(z.object({ name: z.string(), value: z.string(), effect: statementSchema })).min(1),
  /** What to do, in words, around the commands. */
  how: statementSchema,
  /** Commands to type; `undo` brings back what was set before. */
  set: z.string(),
  undo: z.string(),
})
export type EnvironmentAdvice = z.infer<typeof environmentAdviceSchema>
