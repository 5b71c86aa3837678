import { parseArgs } from 'node:util'
import { z } from 'zod'
import { budgetKindSchema, goalKindSchema, studyRequestSchema } from '../../../preload/contract/goal.ts'
import { ablationSchema } from '../ablations.ts'
import { peerMethodSchema } from '../peers/peer-process.ts'

const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess((text) => (typeof text === 'string' ? text.split(',') : text), z.array(item).min(1))
/** `models`: tables of other models that share parts; `again`: each table after itself, as the bound of what to expect. */
const lessonKindSchema = z.enum(['models', 'again'])
const count = z.coerce.number().int().positive()

const optionsSchema = z
  .object({
    tables: z.array(z.string()).min(1),
    samplers: listOf(studyRequestSchema.shape.sampler.removeDefault()),
    objective: listOf(goalKindSchema),
    seeds: count,
    trials: count,
    /** How little may be left to gain before a sampler ends by itself; whole studies have their budget's. */
    patience: z.enum(['usual', 'thorough']),
    /** Whole studies with confirmation and verdict instead of the sampler alone. */
    study: z.boolean(),
    /** Studies by a search that knows the table, as the bound of what noise lets through. */
    oracle: z.boolean(),
    budget: listOf(budgetKindSchema),
    /** Optimisers of others, run after ours. */
    peers: listOf(peerMethodSchema).default([]),
    /** `bayes` without one of its parts, run after the whole. */
    ablations: listOf(ablationSchema).default([]),
    /** What a study with `bayes` gains from an earlier one, instead of everything else. */
    transfer: listOf(lessonKindSchema).default([]),
    out: z.string().optional(),
  })
  .refine(({ study, peers }) => !study || peers.length === 0, { error: '--peers have no --study: leave one out' })
  .refine(({ study, oracle }) => study || !oracle, { error: '--oracle plays whole studies: add --study' })
  .refine(
    ({ transfer, study, peers, ablations }) =>
      transfer.length === 0 || (!study && peers.length + ablations.length === 0),
    { error: '--transfer runs alone: leave out --study, --peers and --ablations' },
  )
export type SearchOptions = z.infer<typeof optionsSchema>

/** Options of `bench:search`; throws an error that names what is wrong with them. */
export function parseOptions(args: readonly string[]): SearchOptions {
  const { values } = parseArgs({
    args: args.map((arg, i) => {
      const all = isOption(args[i + 1]) ? allOf[arg] : undefined
      return all ? `${arg}=${all.join(',')}` : arg
    }),
    options: {
      tables: { type: 'string', multiple: true, default: ['test/tables'] },
      samplers: { type: 'string' },
      objective: { type: 'string', default: 'chat,throughput,memory' },
      seeds: { type: 'string', default: '10' },
      trials: { type: 'string', default: '20' },
      patience: { type: 'string', default: 'thorough' },
      study: { type: 'boolean', default: false },
      oracle: { type: 'boolean', default: false },
      budget: { type: 'string', default: 'quick,standard' },
      peers: { type: 'string' },
      ablations: { type: 'string' },
      transfer: { type: 'string' },
      out: { type: 'string' },
    },
  })
  const samplers = values.samplers ?? (values.study ? 'bayes' : 'bayes,random,rules')
  const parsed = optionsSchema.safeParse({ ...values, samplers })
  if (!parsed.success) throw new Error(`bench:search cannot run:\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/** Options that mean all of their values where none is named. */
const allOf: Readonly<Record<string, readonly string[]>> = {
  '--peers': peerMethodSchema.options,
  '--transfer': lessonKindSchema.options,
}

/** Whether an option follows instead of a value. */
function isOption(next: string | undefined): boolean {
  return next?.startsWith('-') ?? true
}
