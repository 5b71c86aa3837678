import { z } from 'zod'
import { statementSchema } from './estimate.ts'
import { workloadSchema } from './goal.ts'
import { configurationSchema, memoryEstimateSchema, parameterNameSchema, regimeSchema, settingSchema } from './model.ts'

/** One parameter that a study varies: the values it may take and why not others. */
export const searchDimensionSchema = z.object({
  name: parameterNameSchema,
  values: z.array(settingSchema).min(1),
  reasons: z.array(statementSchema),
})
export type SearchDimension = z.infer<typeof searchDimensionSchema>

/** What will be tried, and why; shown before anything runs. */
export const planSchema = z.object({
  regime: regimeSchema,
  regimeReason: statementSchema,
  dimensions: z.array(searchDimensionSchema),
  /** Parameters and settings that stay as they are, and why. */
  leftAlone: z.array(z.object({ name: z.string(), reason: statementSchema })),
  /** Distinct engine states that remain after pruning by memory and by equality. */
  candidateCount: z.number().int().positive(),
  /** The user's own settings: first trial, sentinel, and the other arm of the confirmation. */
  baseline: configurationSchema,
  predictedMemory: memoryEstimateSchema,
  workload: workloadSchema,
  /** At most so many loads in all, apart from repeated ones. */
  maximumLoads: z.number().int().positive(),
  maximumMinutes: z.number().positive(),
  expectedMinutes: z.object({ low: z.number().nonnegative(), high: z.number().nonnegative() }),
  warnings: z.array(statementSchema),
})
export type Plan = z.infer<typeof planSchema>
