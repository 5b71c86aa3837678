import { z } from 'zod'

/** What "best" means. `chat`: quick replies; `throughput`: long answers; `memory`: least RAM + VRAM. */
export const goalKindSchema = z.enum(['chat', 'throughput', 'memory'])
export type GoalKind = z.infer<typeof goalKindSchema>

/** How much time a study may take. */
export const budgetKindSchema = z.enum(['quick', 'standard', 'thorough'])
export type BudgetKind = z.infer<typeof budgetKindSchema>

/** What every repetition of a study asks of the model, in tokens. */
export const workloadSchema = z.object({
  promptTokens: z.number().int().positive(),
  outputTokens: z.number().int().positive(),
  /** How much of the goal's prompt this is, where a whole one takes too long; absent: all of it. */
  share: z.number().positive().max(1).optional(),
})
export type Workload = z.infer<typeof workloadSchema>

/** What the user says of the computer on which Ollama runs, where that is not this one. Absent: not told. */
export const remoteComputerSchema = z
  .object({
    /** Physical ones. */
    cores: z.number().int().min(1).max(1024),
    memoryMiB: z.number().int().min(256),
    /** Of the graphics cards together; 0: there is none of use. */
    vramMiB: z.number().int().nonnegative(),
  })
  .partial()
export type RemoteComputer = z.infer<typeof remoteComputerSchema>

export const studyRequestSchema = z.object({
  model: z.object({ daemon: z.enum(['ollama', 'builtIn']), name: z.string().min(1).max(300) }),
  goal: goalKindSchema,
  /** Context length that the user needs, tokens: a requirement, never traded for speed. */
  contextLength: z.number().int().min(512).max(1_048_576),
  budget: budgetKindSchema,
  /** The search method; all but `bayes` are there as yardsticks and for those who want them. */
  sampler: z.enum(['bayes', 'rules', 'random', 'grid', 'sobol', 'tpe', 'evolution', 'hyperband']).default('bayes'),
  /** Loads again at the end what was loaded before the study; absent: it does. */
  reloadsModels: z.boolean().optional(),
  /** Looks at processor and memory before the first trial, where nothing told of them; absent: it does not. */
  probesMachine: z.boolean().optional(),
  /** Waits while the computer runs on battery; absent: it does not. */
  pausesOnBattery: z.boolean().optional(),
  /** Measures in an Ollama of its own beside the user's, so that the environment's settings vary; absent: it does not. */
  privateDaemon: z.boolean().optional(),
  /** With it: tries smaller number formats of the context too, with which answers may differ; absent: it does not. */
  quantisedCache: z.boolean().optional(),
  /** Counts only where the daemon runs on another computer; absent: as in the settings. */
  remoteComputer: remoteComputerSchema.optional(),
  /** Seeds everything random in the study; drawn when absent, recorded either way. */
  seed: z.number().int().min(0).max(0xffff_ffff).optional(),
})
export type StudyRequest = z.infer<typeof studyRequestSchema>
