import type { MemoryEstimate } from '../../preload/contract/model.ts'
import type { EffectiveOptions } from './scripted-runner.ts'
import { contextLengthOf, type StoredModel } from './scripted-models.ts'

/** A model in memory. */
export interface Runner {
  model: StoredModel
  options: EffectiveOptions
  memory: MemoryEstimate
  contextLength: number
  /** Luck of this load, a factor on both speeds. */
  speedFactor: number
  /** Instant of the virtual clock, Infinity for ever. */
  expiresAtSeconds: number
  /** Words of the last prompt: what the prompt cache holds. */
  cachedPrompt: string[]
  /** The process is gone, but `/api/ps` goes on listing it until the next request. */
  isDead: boolean
}

/**
 * Whether a request with these options needs the runner started anew (`server/sched.go`, and what was seen on
 * running daemons): an absent `num_gpu` accepts any runner, an absent `num_batch` counts as 512.
 */
export function needsReload(runner: Runner, model: StoredModel, options: EffectiveOptions, isModern: boolean): boolean {
  if (runner.isDead) return true
  const loaded = runner.options
  const mapping = (value: boolean | undefined) => (isModern ? value === true : value)
  const gpu = options.num_gpu ?? -1
  return (
    contextLengthOf(options, model) !== runner.contextLength ||
    (options.num_batch ?? 512) !== (loaded.num_batch ?? 512) ||
    (options.num_thread ?? 0) !== (loaded.num_thread ?? 0) ||
    (gpu >= 0 && gpu !== (loaded.num_gpu ?? -1)) ||
    mapping(options.use_mmap) !== mapping(loaded.use_mmap) ||
    (isModern && options['main_gpu'] !== loaded['main_gpu'])
  )
}
