import { automatic } from '../../preload/contract/model.ts'
import type { CacheType, Configuration } from '../../preload/contract/model.ts'
import type { Cpu, MachineProfile } from '../../preload/contract/machine.ts'
import type { Problem } from './types.ts'

/** What decides which engine state a configuration means. */
export type EngineContext = Pick<Problem, 'machine' | 'facts' | 'features' | 'contextLength'>

/** A configuration as the engine runs it, with the automatic values resolved where the daemon's rule is known. */
export interface EngineState {
  /** Layers on the GPU; `automatic` where the daemon's own fit may differ from any explicit number. */
  layers: number | 'automatic'
  threads: number
  batch: number
  isMapped: boolean
  hasFlashAttention: boolean
  cacheType: CacheType
  /** That have room at once. */
  conversations: number
}

/** Layers as Ollama counts them: the repeating ones and the output layer. */
export function totalLayers(facts: Pick<EngineContext['facts'], 'blockCount'>): number {
  return facts.blockCount + 1
}

/**
 * Threads that llama.cpp takes when `num_thread` is 0: performance cores on hybrid x86 Linux and on macOS,
 * physical cores elsewhere, efficiency cores included. Limits of a container or affinity are not looked at
 * (reference: ollama/ollama #17916; llama.cpp `common_cpu_get_num_math`).
 */
export function automaticThreads(machine: Pick<MachineProfile, 'os' | 'cpu'>): number {
  const { cpu, os } = machine
  const isHybrid = cpu.efficiencyCores > 0 && cpu.performanceCores > 0
  const usesFastCoresOnly = os.platform === 'darwin' || (os.platform === 'linux' && cpu.architecture === 'x64')
  return isHybrid && usesFastCoresOnly ? cpu.performanceCores : cpu.physicalCores
}

/**
 * Batch that the daemon takes when `num_batch` is 0: by context length where it is automatic (Ollama 0.30.0:
 * up to 4096 → 512, up to 32768 → 1024, above → 2048, of all conversations together), else 512; never more than the
 * context.
 */
export function automaticBatch(context: Pick<EngineContext, 'features' | 'contextLength'>, conversations = 1): number {
  const { contextLength, features } = context
  const tokens = contextLength * conversations
  const chosen = !features.automaticBatch || tokens <= 4096 ? 512 : tokens <= 32_768 ? 1024 : 2048
  return Math.min(chosen, contextLength)
}

/** Whether the daemon maps the file when `use_mmap` is not set (reference: Ollama `llm/server.go`). */
function isMappedAutomatically(context: EngineContext, layers: EngineState['layers']): boolean {
  const { machine, facts } = context
  if (machine.gpus.length === 0 || layers === 0) return false
  if (machine.os.platform === 'win32') return !machine.gpus.some((gpu) => gpu.vendor === 'nvidia')
  if (machine.os.platform === 'darwin') return layers === 'automatic' || layers >= totalLayers(facts)
  return true
}

/** The engine state that a configuration means. */
export function engineState(context: EngineContext, configuration: Configuration): EngineState {
  const { machine, facts, features, contextLength } = context
  const cacheType = configuration.kv_cache_type ?? 'f16'
  const conversations = configuration.num_parallel ?? 1
  const layers =
    machine.gpus.length === 0
      ? 0
      : configuration.num_gpu < 0
        ? 'automatic'
        : Math.min(configuration.num_gpu, totalLayers(facts))
  return {
    layers,
    threads: configuration.num_thread === 0 ? automaticThreads(machine) : configuration.num_thread,
    batch:
      configuration.num_batch === 0
        ? automaticBatch(context, conversations)
        : Math.min(configuration.num_batch, contextLength),
    isMapped: configuration.use_mmap ?? isMappedAutomatically(context, layers),
    // Left alone, llama.cpp switches it on wherever the devices can do it, and those at hand can; a quantised cache
    // needs it.
    hasFlashAttention: configuration.flash_attention ?? (features.automaticFlashAttention || cacheType !== 'f16'),
    cacheType,
    conversations,
  }
}

/** A key that is equal exactly for configurations that mean the same engine state. */
export function engineStateKey(context: EngineContext, configuration: Configuration): string {
  const { layers, threads, batch, isMapped, hasFlashAttention, cacheType, conversations } = engineState(
    context,
    configuration,
  )
  const attention = `${hasFlashAttention ? 'flash' : 'plain'}/${cacheType}`
  return `${layers}/${threads}/${batch}/${isMapped ? 'mapped' : 'read'}/${attention}/${conversations}`
}

/** How many parameters are left to the daemon: of equal candidates the one with most of them is shown. */
export function automaticCount(configuration: Configuration): number {
  return (Object.keys(automatic) as (keyof Configuration)[]).filter((name) => configuration[name] === automatic[name])
    .length
}

/**
 * One configuration per engine state, in order of first appearance. `first` stays as it is written; of the others
 * the one with the most automatic values stands for its state.
 */
export function distinctStates(
  context: EngineContext,
  first: Configuration,
  others: readonly Configuration[],
): Configuration[] {
  const byKey = new Map([[engineStateKey(context, first), first]])
  for (const configuration of others) {
    const key = engineStateKey(context, configuration)
    const known = byKey.get(key)
    if (known === first) continue
    if (!known || automaticCount(configuration) > automaticCount(known)) byKey.set(key, configuration)
  }
  return [...byKey.values()]
}

/**
 * Logical cores that this process may really use: what affinity, a container or the processor leaves, without those that
 * are there for idling. A thread on one of these would hold up all others.
 */
export function usableCores(cpu: Cpu): number {
  return Math.max(1, Math.min(cpu.allowedCores, cpu.logicalCores - (cpu.lowPowerCores ?? 0)))
}

/** Physical cores that threads can be given, by kind. */
export interface CoreKinds {
  /** The fast ones; where only slow ones are left, these, as nothing is faster then. */
  fast: number
  slow: number
  physical: number
}

/** The cores among those that affinity and cpuset leave, those for idling left out. */
export function coreKinds(cpu: Cpu): CoreKinds {
  const { performanceCores, efficiencyCores } = cpu.allowedKinds ?? cpu
  const slow = Math.max(0, efficiencyCores - (cpu.lowPowerCores ?? 0))
  const count = cpu.allowedKinds ? performanceCores + slow : cpu.physicalCores - (cpu.lowPowerCores ?? 0)
  const physical = Math.max(1, Math.min(count, usableCores(cpu)))
  return { fast: performanceCores > 0 ? Math.min(performanceCores, physical) : physical, slow, physical }
}
