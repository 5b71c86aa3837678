import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { daemonFeaturesSchema } from '../../../preload/contract/daemon.ts'
import { workloadSchema } from '../../../preload/contract/goal.ts'
import { machineProfileSchema } from '../../../preload/contract/machine.ts'
import { configurationSchema, modelFactsSchema } from '../../../preload/contract/model.ts'
import { trialOutcomeSchema } from '../../../preload/contract/trial.ts'

const settingSchema = z.object({
  /** Name of the table. */
  id: z.string(),
  /** Name of the model, as the table tells it. */
  modelName: z.string(),
  /** What measured: the engine and its version. */
  engine: z.string(),
  machine: machineProfileSchema,
  facts: modelFactsSchema,
  features: daemonFeaturesSchema,
  contextLength: z.number().int().positive(),
  workload: workloadSchema,
  repetitionLimitSeconds: z.number().positive(),
  knobs: z.object({
    num_gpu: z.array(z.number()),
    num_thread: z.array(z.number()),
    num_batch: z.array(z.number()),
    use_mmap: z.array(z.boolean().nullable()),
    flash_attention: z.array(z.boolean().nullable()),
  }),
  /** Loads of each engine state, each with so many repetitions after the warm-up. */
  loads: z.number().int().positive(),
  repetitions: z.number().int().positive(),
})
/** Where and what is recorded; the same from the first load to the last. */
export type Setting = z.infer<typeof settingSchema>

const recordedLoadSchema = z.object({
  /** Every engine state is loaded once in each pass. */
  pass: z.number().int().nonnegative(),
  configuration: configurationSchema,
  outcome: trialOutcomeSchema,
  finishedAt: z.string(),
})
export type RecordedLoad = z.infer<typeof recordedLoadSchema>

const recordingSchema = z.object({
  schemaVersion: z.literal(1),
  setting: settingSchema,
  loads: z.array(recordedLoadSchema),
})
/** A table in the making: kept after every load, so that recording can be broken off and gone on with. */
export type Recording = z.infer<typeof recordingSchema>

/**
 * The recording at `path`, or a new one where there is none. Throws where what is there was begun on another computer,
 * of another model or in another way: figures of the two do not belong into one table.
 */
export function openRecording(path: string, setting: Setting): Recording {
  if (!existsSync(path)) return { schemaVersion: 1, setting, loads: [] }
  const parsed = recordingSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (!parsed.success) throw new Error(`${path} is no recording:\n${z.prettifyError(parsed.error)}`)
  if (!isDeepStrictEqual(lasting(parsed.data.setting), lasting(setting))) {
    throw new Error(`${path} was begun under other circumstances. Delete it, or choose another --out.`)
  }
  return parsed.data
}

/** A setting without what changes from minute to minute. */
function lasting({ machine, ...setting }: Setting): unknown {
  // What a file cannot hold, such as a field that is undefined, makes no difference.
  return JSON.parse(JSON.stringify({ ...setting, cpu: machine.cpu, memoryMiB: machine.memory.totalMiB }))
}

/** Writes beside the file and renames, so that what is there is always whole. */
export function saveRecording(path: string, recording: Recording): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.partial`
  writeFileSync(temporary, JSON.stringify(recording))
  renameSync(temporary, path)
}
