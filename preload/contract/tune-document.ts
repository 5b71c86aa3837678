import { z } from 'zod'
import { environmentAdviceSchema } from './environment.ts'
import { goalKindSchema, budgetKindSchema } from './goal.ts'
import { certificateSchema, measuredChoiceSchema, studySchema, verdictSchema } from './study.ts'
import { trialSchema } from './trial.ts'

/** The one document that `attune tune --json` and `attune show --json` print. `attune schema` prints its JSON Schema. */
export const tuneDocumentSchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  state: studySchema.shape.state,
  createdAt: z.string(),
  activeSeconds: z.number(),
  seed: z.number().int(),
  model: studySchema.shape.model,
  machine: studySchema.shape.machine,
  daemon: studySchema.shape.daemon,
  goal: goalKindSchema,
  contextLength: z.number().int(),
  budget: budgetKindSchema,
  /** Null if the study ended before the baseline was measured. */
  baseline: measuredChoiceSchema.nullable(),
  /** What to use: equals `baseline` unless the verdict is `improved`. */
  best: measuredChoiceSchema.nullable(),
  /** What `best` needs besides a saved model: variables for the whole daemon; null where it needs none. */
  environment: environmentAdviceSchema.nullable(),
  trials: z.array(trialSchema),
  verdict: verdictSchema.omit({ sentence: true, reasons: true }).extend({
    sentence: z.string(),
    reasons: z.array(z.string()),
  }),
  saved: z.array(certificateSchema),
})
export type TuneDocument = z.infer<typeof tuneDocumentSchema>
