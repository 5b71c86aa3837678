import { parseArgs } from 'node:util'
import { z } from 'zod'
import { budgetKindSchema, goalKindSchema, studyRequestSchema } from '../../../preload/contract/goal.ts'
import { ablationSchema } from '../ablations.ts'
import { peerMethodSchema } from '../peers/peer-process.ts'

const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess((text) => (typeof text === 'string' ? text.split(',') : text), z.array(item).min(1))
const count = z.coerce.number().int().positive()

const optionsSchema = z
  .object({
    tables: z.array(z.string()).min(1),
    samplers: listOf(studyRequestSchema.shape.sampler.removeDefault()),
    objective: listOf(goalKindSchema),
    seeds: count,
    trials: count,
    /** Whole studies with confirmation and verdict instead of the sampler alone. */
    study: z.boolean(),
    budget: listOf(budgetKindSchema),
    /** Optimisers of others, run after ours. */
    peers: listOf(peerMethodSchema).default([]),
    /** `bayes` without one of its parts, run after the whole. */
    ablations: listOf(ablationSchema).default([]),
    out: z.string().optional(),
  })
  .refine(({ study, peers }) => !study || peers.length === 0, { error: '--peers have no --study: leave one out' })
export type SearchOptions = z.infer<typeof optionsSchema>

/** Options of `bench:search`; throws an error that names what is wrong with them. */
export function parseOptions(args: readonly string[]): SearchOptions {
  const { values } = parseArgs({
    args: args.map((arg, i) =>
      arg === '--peers' && isOption(args[i + 1]) ? `--peers=${peerMethodSchema.options.join(',')}` : arg,
    ),
    options: {
      tables: { type: 'string', multiple: true, default: ['test/tables'] },
      samplers: { type: 'string' },
      objective: { type: 'string', default: 'chat,throughput,memory' },
      seeds: { type: 'string', default: '10' },
      trials: { type: 'string', default: '20' },
      study: { type: 'boolean', default: false },
      budget: { type: 'string', default: 'quick,standard' },
      peers: { type: 'string' },
      ablations: { type: 'string' },
      out: { type: 'string' },
    },
  })
  const samplers = values.samplers ?? (values.study ? 'bayes' : 'bayes,random,rules')
  const parsed = optionsSchema.safeParse({ ...values, samplers })
  if (!parsed.success) throw new Error(`bench:search cannot run:\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/** Whether an option follows instead of a value: `--peers` alone means all of them. */
function isOption(next: string | undefined): boolean {
  return next?.startsWith('-') ?? true
}
