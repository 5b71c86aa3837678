import { z } from 'zod'
import { statementSchema } from './estimate.ts'
import { goalKindSchema } from './goal.ts'
import { cacheTypeSchema, configurationSchema, parameterNameSchema } from './model.ts'

/** What a setup costs, all to be minimised: seconds a reply, seconds to the first token, seconds a further token, MiB. */
export const objectiveCostsSchema = z.object({
  turnSeconds: z.number().positive(),
  ttftSeconds: z.number().positive(),
  secondsPerToken: z.number().positive(),
  /** RAM and graphics memory together. */
  memoryMiB: z.number().positive(),
})
export type ObjectiveCosts = z.infer<typeof objectiveCostsSchema>
export type ObjectiveName = keyof ObjectiveCosts
export const objectiveNames = [
  'turnSeconds',
  'ttftSeconds',
  'secondsPerToken',
  'memoryMiB',
] as const satisfies readonly ObjectiveName[]
export const objectiveNameSchema = z.enum(objectiveNames)

/** The most that a person accepts; what is absent is not limited. */
export const limitsSchema = z
  .object({
    turnSeconds: z.number().positive(),
    ttftSeconds: z.number().positive(),
    secondsPerToken: z.number().positive(),
    memoryMiB: z.number().positive(),
    vramMiB: z.number().positive(),
  })
  .partial()
  .strict()
export type Limits = z.infer<typeof limitsSchema>

/** How much each objective matters, relative to the others; what is absent does not. */
export const weightsSchema = z
  .object({
    turnSeconds: z.number().nonnegative(),
    ttftSeconds: z.number().nonnegative(),
    secondsPerToken: z.number().nonnegative(),
    memoryMiB: z.number().nonnegative(),
  })
  .partial()
  .strict()
  .refine(
    (weights) => Object.values(weights).some((weight) => (weight ?? 0) > 0),
    'at least one weight must be positive',
  )
export type Weights = z.infer<typeof weightsSchema>

/** A figure with the interval in which it lies with 95 % probability. */
export const bandSchema = z.object({ value: z.number(), low: z.number(), high: z.number() })
export type Band = z.infer<typeof bandSchema>

/** A value as the engine runs it: automatic ones resolved, apart from −1 layers, which the daemon itself chooses. */
const resolvedValueSchema = z.union([z.number(), z.boolean(), cacheTypeSchema])
export type ResolvedValue = z.infer<typeof resolvedValueSchema>

export const parameterImportanceSchema = z.object({
  name: parameterNameSchema,
  /** Share of the differences that this parameter explains by itself, 0 to 1. */
  share: bandSchema,
  /** 1 matters most; equal groups cannot be told apart; null: not distinguishable from no effect. */
  group: z.number().int().positive().nullable(),
  /** The value that the curve takes for 1: the present one, or the best where that is out of range. */
  reference: resolvedValueSchema,
  /** Cost with each value relative to the reference, averaged over the other parameters; below 1 is better. */
  curve: z.array(z.object({ value: resolvedValueSchema, ratio: bandSchema })),
  /** The study's own loads, by their value of this parameter. */
  points: z.array(
    z.object({
      configuration: configurationSchema,
      value: resolvedValueSchema,
      /** Measured cost relative to the present setup's. */
      measuredRatio: z.number().positive(),
      /** Cost relative to the reference once the average effects of the other parameters are taken out. */
      partialRatio: z.number().positive(),
    }),
  ),
  /** What the curve shows, in a sentence. */
  finding: statementSchema,
})
export type ParameterImportance = z.infer<typeof parameterImportanceSchema>

/** What two parameters do together. */
export const settingMapSchema = z.object({
  names: z.tuple([parameterNameSchema, parameterNameSchema]),
  /** One for each pair of values that some setup has; the best cell has 1. */
  cells: z.array(
    z.object({
      values: z.tuple([resolvedValueSchema, resolvedValueSchema]),
      /** Least cost that the model expects with these two values, whatever the other parameters. */
      ratio: z.number().positive(),
      /** Loads of the study with these two values. */
      loads: z.number().int().nonnegative(),
    }),
  ),
  finding: statementSchema,
})
export type SettingMap = z.infer<typeof settingMapSchema>

export const importanceSchema = z.object({
  goal: goalKindSchema,
  /** Setups over which differences were looked at, and those left out for being slower than `widestRatio` × the best. */
  setups: z.number().int().positive(),
  leftOut: z.number().int().nonnegative(),
  widestRatio: z.number().positive(),
  /** Standard deviation of ln cost over the setups, as percent: how large the differences are that are shared out. */
  spreadPercent: z.number().nonnegative(),
  /** Largest share first. */
  parameters: z.array(parameterImportanceSchema),
  /** What two parameters explain together beyond each by itself, largest share first. */
  pairs: z.array(
    z.object({
      names: z.tuple([parameterNameSchema, parameterNameSchema]),
      share: bandSchema,
      isDistinguishable: z.boolean(),
    }),
  ),
  /** Of the two parameters that matter most; null where only one varies. */
  map: settingMapSchema.nullable(),
  /** Share of three and more parameters together. */
  rest: z.number(),
  sentences: z.array(statementSchema),
})
export type Importance = z.infer<typeof importanceSchema>

/** What a measured setup is the best for, for people who do not read charts. */
export const choiceRoleSchema = z.enum(['fastest', 'balanced', 'lightest'])
export type ChoiceRole = z.infer<typeof choiceRoleSchema>

/** One measured setup among several objectives. */
export const tradeOffSchema = z.object({
  configuration: configurationSchema,
  loads: z.number().int().positive(),
  costs: objectiveCostsSchema,
  vramMiB: z.number().nonnegative(),
  keepsLimits: z.boolean(),
  /** Nothing else that keeps the limits is as good in every respect and better in one. */
  isParetoOptimal: z.boolean(),
  /** The most balanced compromise between reply time and memory. */
  isKnee: z.boolean(),
  /** The best by the weights among those that keep the limits; the present one unless another is worth the change. */
  isPreferred: z.boolean(),
  /** By the weights: 0 would be the best of every objective at once, smaller is better. */
  score: z.number().nonnegative(),
  /** Of the setups that keep the limits; the recommended or present one where no other is better by a worthwhile step. */
  roles: z.array(choiceRoleSchema),
  /** What choosing it means, compared with now. */
  consequences: z.array(statementSchema),
})
export type TradeOff = z.infer<typeof tradeOffSchema>

export const tradeOffsSchema = z.object({
  weights: weightsSchema,
  limits: limitsSchema,
  /** Measured setups, best by the weights first; those that break a limit last. */
  choices: z.array(tradeOffSchema),
  /** Share of slightly different weightings under which the preferred setup stays so, 0 to 1. */
  steadiness: z.number().min(0).max(1),
  /**
   * Volume that the Pareto front dominates, in cubic octaves of first token, seconds a token and memory, up to the
   * reference: twice the present setup's costs. The present setup alone has 1.
   */
  hypervolume: z.object({
    value: z.number().nonnegative(),
    objectives: z.array(objectiveNameSchema),
    reference: objectiveCostsSchema,
  }),
  sentences: z.array(statementSchema),
})
export type TradeOffs = z.infer<typeof tradeOffsSchema>

/** What a study's measurements tell beyond its verdict. Nothing is run or stored for it. */
export const insightSchema = z.object({
  /** Null where too little was measured or there is nothing to choose. */
  importance: importanceSchema.nullable(),
  tradeOffs: tradeOffsSchema,
})
export type Insight = z.infer<typeof insightSchema>

/** What a person may ask of an insight: another goal, own weights and limits. */
export const insightQuestionSchema = z
  .object({ goal: goalKindSchema, weights: weightsSchema, limits: limitsSchema })
  .partial()
  .strict()
export type InsightQuestion = z.infer<typeof insightQuestionSchema>
