import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { automatic, parameterNames } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { distinctStates, engineStateKey, usableCores } from '../../../main/search/engine-state.ts'
import type { EngineContext } from '../../../main/search/engine-state.ts'
import { textsOf } from '../tables/rows.ts'

/** The values that a recorded table has of each parameter that a request to the built-in engine can set. */
export type Knobs = { [Name in Exclude<keyof Configuration, 'kv_cache_type' | 'num_parallel'>]: Configuration[Name][] }

const smallestBatch = 64
const largestBatch = 2048

/**
 * A small space: thread counts by doubling up to every core, batches by doubling up to the first that takes the whole
 * prompt at once, the file mapped or read, and flash attention on or off. Layers are left to the engine.
 */
export function knobsFor(machine: MachineProfile, promptTokens: number): Knobs {
  const usable = usableCores(machine.cpu)
  const batches = doubling(smallestBatch, largestBatch)
  const wholePrompt = batches.findIndex((batch) => batch >= promptTokens)
  return {
    num_gpu: [-1],
    num_thread: [...new Set([0, ...doubling(1, usable), usable])],
    num_batch: [0, ...(wholePrompt < 0 ? batches : batches.slice(0, wholePrompt + 1))],
    use_mmap: [null, true],
    flash_attention: [null, false],
  }
}

function doubling(from: number, to: number): number[] {
  const values = []
  for (let value = from; value <= to; value *= 2) values.push(value)
  return values
}

/** Every combination of the values. */
export function everyConfiguration(knobs: Knobs): Configuration[] {
  return knobs.num_gpu.flatMap((num_gpu) =>
    knobs.num_thread.flatMap((num_thread) =>
      knobs.num_batch.flatMap((num_batch) =>
        knobs.use_mmap.flatMap((use_mmap) =>
          knobs.flash_attention.map((flash_attention) => ({
            ...automatic,
            num_gpu,
            num_thread,
            num_batch,
            use_mmap,
            flash_attention,
          })),
        ),
      ),
    ),
  )
}

/** One configuration for each engine state: the others mean the same and need no measurement of their own. */
export function statesToMeasure(context: EngineContext, knobs: Knobs): Configuration[] {
  return distinctStates(context, automatic, everyConfiguration(knobs))
}

/** Whether two configurations mean the same engine state. */
export function isSameState(context: EngineContext, a: Configuration, b: Configuration): boolean {
  return engineStateKey(context, a) === engineStateKey(context, b)
}

/** The values of each parameter as tables write them. */
export function textsOfKnobs(knobs: Knobs): Record<string, string[]> {
  const texts = everyConfiguration(knobs).map(textsOf)
  return Object.fromEntries(parameterNames.map((name) => [name, [...new Set(texts.map((row) => row[name] ?? ''))]]))
}
