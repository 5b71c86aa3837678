import { z } from 'zod'
import { estimateSchema, statementSchema } from './estimate.ts'
import { configurationSchema, memoryEstimateSchema } from './model.ts'

/** One request to the loaded model. Durations are the daemon's, TTFT is on the client's clock. */
export const repetitionSchema = z.object({
  isWarmUp: z.boolean(),
  promptTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  ttftSeconds: z.number().positive(),
  prefillTokensPerSecond: z.number().positive(),
  /** (tokens − 1) / eval duration, as the first token belongs to prefill. */
  decodeTokensPerSecond: z.number().positive(),
  totalSeconds: z.number().positive(),
  /** total − load − prefill − decode: time spent waiting behind other requests. */
  queueSeconds: z.number(),
  /** Share of all cores that other programs used meanwhile, 0 to 1; null where it cannot be read. */
  otherLoadShare: z.number().min(0).max(1).nullable(),
  /** Flagged by median absolute deviation; kept all the same. */
  isOutlier: z.boolean(),
})
export type Repetition = z.infer<typeof repetitionSchema>

/** Loading the model, on the client's clock, and what the daemon says it occupies. */
export const loadSchema = z.object({
  loadSeconds: z.number().nonnegative(),
  memory: memoryEstimateSchema,
  contextLength: z.number().int().positive().nullable(),
  /**
   * Graphics memory left on each card once the model had answered, still loaded, MiB: it tells what the driver takes
   * beside what the daemon counts. Absent where no tool tells, and in studies of earlier versions.
   */
  freeVramMiB: z.array(z.number().nonnegative()).optional(),
})
export type Load = z.infer<typeof loadSchema>

/**
 * What bore on the computer's speed before or after a trial: battery, heat, other programs; empty if nothing did.
 * Absent where nobody looked, and in studies of earlier versions.
 */
const conditionsSchema = z.array(statementSchema).optional()

/**
 * What others did during a trial for which an answer or the load was repeated, in order; the last one ended an
 * `interference`. Absent where nothing was, and in studies of earlier versions.
 */
const disturbancesSchema = z.array(statementSchema).optional()

export const trialOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ok'),
    load: loadSchema,
    repetitions: z.array(repetitionSchema).min(1),
    ttftSeconds: estimateSchema,
    prefillTokensPerSecond: estimateSchema,
    decodeTokensPerSecond: estimateSchema,
    /** Ended before its last token because it could not win any more: its rates are sound, its count is small. */
    stoppedEarly: z.boolean(),
    conditions: conditionsSchema,
    disturbances: disturbancesSchema,
  }),
  z.object({ kind: z.literal('outOfMemory'), message: z.string() }),
  z.object({
    kind: z.literal('spill'),
    load: loadSchema,
    decodeTokensPerSecond: z.number().positive(),
    message: z.string(),
  }),
  z.object({ kind: z.literal('timeout'), message: z.string() }),
  z.object({
    kind: z.literal('interference'),
    message: z.string(),
    conditions: conditionsSchema,
    disturbances: disturbancesSchema,
  }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
  z.object({
    kind: z.literal('skipped'),
    message: z.string(),
    /** The program or the computer went down during this trial; absent where the user skipped it. */
    isCutOff: z.boolean().optional(),
  }),
])
export type TrialOutcome = z.infer<typeof trialOutcomeSchema>
export type OkOutcome = Extract<TrialOutcome, { kind: 'ok' }>

export const trialPurposeSchema = z.enum(['baseline', 'search', 'sentinel', 'confirmBaseline', 'confirmCandidate'])
export type TrialPurpose = z.infer<typeof trialPurposeSchema>

/** How much a shortened trial measures: so many repetitions (after the warm-up), each of so many output tokens. */
export const fidelitySchema = z.object({
  repetitions: z.number().int().positive(),
  outputTokens: z.number().int().positive(),
})
export type Fidelity = z.infer<typeof fidelitySchema>

/** One load and its repetitions. `outcome` is null while it runs; a study found with such a trial was cut off. */
export const trialSchema = z.object({
  number: z.number().int().positive(),
  purpose: trialPurposeSchema,
  configuration: configurationSchema,
  /** Absent: measured in full, as the study plans it. */
  fidelity: fidelitySchema.optional(),
  /** Why this one, in a sentence. */
  reason: statementSchema,
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  outcome: trialOutcomeSchema.nullable(),
})
export type Trial = z.infer<typeof trialSchema>
