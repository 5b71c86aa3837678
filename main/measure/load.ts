import type { Reason } from '../../preload/contract/estimate.ts'
import type { Load } from '../../preload/contract/trial.ts'
import type { Daemon, RunnerOptions } from '../ollama/daemon.ts'
import type { Clock } from '../ollama/clock.ts'
import type { LoadedSnapshot, MeasureReason } from './disturbance.ts'
import { takeSnapshot } from './disturbance.ts'
import { leavesRoom, type MemoryGuard } from './memory-guard.ts'
import { keepAliveSeconds } from './repetition.ts'
import { withinLimit } from './time-limit.ts'

export type LoadAttempt =
  | { kind: 'loaded'; load: Load; snapshot: LoadedSnapshot }
  /** Another program loaded something in between. */
  | { kind: 'disturbed'; reason: MeasureReason }
  | { kind: 'unusable'; reason: MeasureReason }
  /** It was not loaded, as too little memory would have been left. */
  | { kind: 'tooLarge'; reason: MeasureReason }

/** Tells how much graphics memory is free on each card, MiB; null where a card's driver keeps it to itself. */
export type GraphicsMemoryWatch = () => Promise<number[] | null>

/** The load with what the cards have left at present; asked after the answers, as the first ones still take memory. */
export async function withFreeVram(load: Load, watch: GraphicsMemoryWatch | null): Promise<Load> {
  const freeVramMiB = load.memory.vramMiB > 0 && watch ? await watch() : null
  return freeVramMiB === null ? load : { ...load, freeVramMiB }
}

export interface LoadSetting {
  daemon: Daemon
  model: string
  options: RunnerOptions
  limitSeconds: number
  memoryGuard: MemoryGuard | null
  clock: Clock
  onActivity: (activity: Reason) => void
  signal: AbortSignal
}

/**
 * Unloads the model, as a request with automatic settings would silently reuse a runner that others were loaded with,
 * then loads it and checks in `/api/ps` that it is there with the context asked for. A shorter context is the model's
 * own limit; a longer one comes from another client.
 */
export async function loadAfresh(setting: LoadSetting): Promise<LoadAttempt> {
  const { daemon, model, options, limitSeconds, memoryGuard, clock, onActivity, signal } = setting
  onActivity({ code: 'measure.unloading', values: {} })
  await withinLimit(clock, limitSeconds, signal, (signal) => daemon.unload(model, signal))
  if (memoryGuard && !(await leavesRoom(memoryGuard, clock, signal))) {
    const { predictedMiB, reserveMiB } = memoryGuard
    return { kind: 'tooLarge', reason: { code: 'measure.noRoom', values: { predictedMiB, reserveMiB } } }
  }
  onActivity({ code: 'measure.loading', values: {} })
  const { wallSeconds } = await withinLimit(clock, limitSeconds, signal, (signal) =>
    daemon.load(model, options, keepAliveSeconds, signal),
  )
  const snapshot = takeSnapshot(await daemon.listLoaded(signal), model, clock.now())
  const { own, others } = snapshot
  if (own === null) {
    const [other] = others
    if (other) return { kind: 'disturbed', reason: { code: 'measure.otherModel', values: { name: other.name } } }
    return { kind: 'unusable', reason: { code: 'measure.notLoaded', values: { name: model } } }
  }
  if (own.contextLength !== null && options.num_ctx !== undefined && own.contextLength > options.num_ctx) {
    return { kind: 'disturbed', reason: { code: 'measure.reloaded', values: {} } }
  }
  const memory = { ramMiB: Math.max(0, own.sizeMiB - own.vramMiB), vramMiB: own.vramMiB }
  return { kind: 'loaded', snapshot, load: { loadSeconds: wallSeconds, memory, contextLength: own.contextLength } }
}
