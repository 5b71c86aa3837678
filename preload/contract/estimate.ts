import { z } from 'zod'

/**
 * A measured quantity that never travels bare: its point value, the 95 % confidence interval and how many
 * observations stand behind it. The interval is null after a single observation, as spread is unknown then.
 */
export const estimateSchema = z.object({
  mean: z.number(),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  count: z.number().int().positive(),
})
export type Estimate = z.infer<typeof estimateSchema>

/**
 * Something to be said to a person: `code` and `values` are the fact (stable, translatable, testable),
 * `text` is the English sentence that main made of it.
 */
export const statementSchema = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  text: z.string(),
})
export type Statement = z.infer<typeof statementSchema>

/** A statement before it is put into words. Computing code returns these; `main/words` makes the sentence. */
export type Reason = Omit<Statement, 'text'>
