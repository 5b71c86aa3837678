import { z } from 'zod'
import { daemonFeaturesSchema, daemonKindSchema, usualDaemonSchema } from './daemon.ts'
import { errorReportSchema } from './errors.ts'
import { estimateSchema, statementSchema } from './estimate.ts'
import { goalKindSchema, studyRequestSchema } from './goal.ts'
import { machineProfileSchema, probeResultSchema } from './machine.ts'
import {
  configurationSchema,
  memoryCalibrationSchema,
  memoryEstimateSchema,
  modelFactsSchema,
  modelRefSchema,
  parameterNameSchema,
  parameterValueSchema,
  settingSchema,
} from './model.ts'
import { planSchema } from './plan.ts'
import { trialSchema } from './trial.ts'

export const verdictSchema = z.object({
  /** `improved`: adopt `best`; `keep`: the baseline is as good; `inconclusive`: noise hides it; `stopped`: ended by the user before a verdict. */
  kind: z.enum(['improved', 'keep', 'inconclusive', 'stopped']),
  /** Gain of the candidate over the baseline in the goal's own objective, percent; positive is better. */
  gainPercent: z.number(),
  /** 95 % confidence interval of `gainPercent`; null without paired loads. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  pairs: z.number().int().nonnegative(),
  /** The verdict in one sentence. */
  sentence: statementSchema,
  reasons: z.array(statementSchema),
})
export type Verdict = z.infer<typeof verdictSchema>

/** A configuration with what was measured of it over all its loads in one study. */
export const measuredChoiceSchema = z.object({
  configuration: configurationSchema,
  loads: z.number().int().positive(),
  turnSeconds: estimateSchema,
  ttftSeconds: estimateSchema,
  prefillTokensPerSecond: estimateSchema,
  decodeTokensPerSecond: estimateSchema,
  memory: memoryEstimateSchema,
  /** The goal's objective: seconds (chat), tokens/s (throughput) or MiB (memory). */
  objective: estimateSchema,
  isParetoOptimal: z.boolean(),
})
export type MeasuredChoice = z.infer<typeof measuredChoiceSchema>

/** What a study found, judged for one goal. Re-scoring makes another of the same trials. */
export const reportSchema = z.object({
  goal: goalKindSchema,
  verdict: verdictSchema,
  baseline: measuredChoiceSchema,
  /** What to use: the baseline itself unless the verdict is `improved`. */
  best: measuredChoiceSchema,
  /** Each parameter in which `best` differs from the baseline, with its reason. */
  changes: z.array(
    z.object({
      name: parameterNameSchema,
      from: settingSchema,
      to: settingSchema,
      reason: statementSchema,
    }),
  ),
  /** Each parameter that stays as it is, with its reason; studies of earlier versions do not tell. */
  kept: z
    .array(
      z.object({
        name: parameterNameSchema,
        value: settingSchema,
        reason: statementSchema,
      }),
    )
    .default([]),
  /** What the study did not look at. */
  untested: z.array(statementSchema).default([]),
  /** All measured configurations, best first. */
  alternatives: z.array(measuredChoiceSchema),
  notes: z.array(statementSchema),
})
export type Report = z.infer<typeof reportSchema>

/** Proof of a saved tag: measured as saved, with no options in the request. */
export const certificateSchema = z.object({
  tag: z.string(),
  configuration: configurationSchema,
  registeredAt: z.string(),
  promised: z.object({ decodeTokensPerSecond: z.number(), turnSeconds: z.number() }),
  measured: z
    .object({ decodeTokensPerSecond: estimateSchema, turnSeconds: estimateSchema, ttftSeconds: estimateSchema })
    .nullable(),
  /** True when the measured turn time is within the noise of the promise or better. */
  promiseKept: z.boolean().nullable(),
  undoneAt: z.string().nullable(),
})
export type Certificate = z.infer<typeof certificateSchema>

/**
 * What earlier studies taught about the computer before this one began: beliefs about parameters of the physical
 * model (`main/search/surrogate/priors.ts`), normal on the scale of their logarithms.
 */
export const learntSchema = z.object({
  studies: z.number().int().positive(),
  parameters: z.record(z.string(), z.object({ mean: z.number(), sd: z.number().positive() })),
})
export type Learnt = z.infer<typeof learntSchema>

export const studyStateSchema = z.enum(['running', 'paused', 'finished', 'stopped', 'failed', 'interrupted'])
export type StudyState = z.infer<typeof studyStateSchema>

export const studyPhaseSchema = z.enum(['baseline', 'search', 'confirm', 'done'])
export type StudyPhase = z.infer<typeof studyPhaseSchema>

/** One study as it stands in its file: everything needed to show it, to go on with it and to run it again. */
export const studySchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]{8,40}$/),
  createdAt: z.string(),
  updatedAt: z.string(),
  state: studyStateSchema,
  phase: studyPhaseSchema,
  request: studyRequestSchema.required({ seed: true }),
  machine: machineProfileSchema,
  daemon: z.object({
    kind: daemonKindSchema,
    url: z.string(),
    version: z.string(),
    features: daemonFeaturesSchema,
    /** Present where the study measures in an Ollama of its own, which `features` then are about. */
    usual: usualDaemonSchema.optional(),
    /** It runs on another computer, and `machine` is what was told of that one. Absent: it runs here. */
    isRemote: z.boolean().optional(),
  }),
  model: z.object({
    ref: modelRefSchema,
    digest: z.string(),
    facts: modelFactsSchema,
    /** PARAMETER lines that the tag itself sets. */
    parameters: z.record(z.string(), parameterValueSchema),
  }),
  plan: planSchema,
  learnt: learntSchema.nullable().default(null),
  /** What a look at processor and memory found; null: it was skipped or could not be had; absent: there was none. */
  probe: probeResultSchema.nullable().optional(),
  /** What the newest study of this model taught about its memory on this computer. */
  memoryCalibration: memoryCalibrationSchema.nullable().default(null),
  trials: z.array(trialSchema),
  /** Configurations during which this computer went down in earlier studies of this model: never tried. */
  crashedBefore: z.array(configurationSchema).optional(),
  /** Models that were loaded when the study was planned and are loaded again at its end, with the context each had. */
  loadedBefore: z
    .array(z.object({ name: z.string(), contextLength: z.number().int().positive().nullable() }))
    .optional(),
  report: reportSchema.nullable(),
  /** Why the search ended, once it has. */
  searchEnded: statementSchema.nullable(),
  certificates: z.array(certificateSchema),
  /** Set in state `failed`. */
  failure: errorReportSchema.nullable(),
  /** Seconds of active work over all sittings, pauses left out. */
  activeSeconds: z.number().nonnegative(),
})
export type Study = z.infer<typeof studySchema>

/** One line of the library. */
export const studySummarySchema = studySchema
  .pick({ id: true, createdAt: true, updatedAt: true, state: true, activeSeconds: true })
  .extend({
    model: modelRefSchema,
    goal: goalKindSchema,
    trialCount: z.number().int().nonnegative(),
    daemonVersion: z.string(),
    verdict: verdictSchema.nullable(),
    /** Writing speed before and with what was found, tokens/s; null without a result. */
    speeds: z.object({ before: estimateSchema, after: estimateSchema }).nullable(),
    tags: z.array(z.string()),
  })
export type StudySummary = z.infer<typeof studySummarySchema>

/** Where a running study is, for the progress line. Estimated anew after every trial. */
export const studyProgressSchema = z.object({
  trialNumber: z.number().int().nonnegative(),
  expectedTrials: z.number().int().positive(),
  elapsedSeconds: z.number().nonnegative(),
  remainingSeconds: z.number().nonnegative().nullable(),
  /** What happens right now: unloading, loading, warming up, repetition 2 of 3 … */
  activity: statementSchema,
})
export type StudyProgress = z.infer<typeof studyProgressSchema>
