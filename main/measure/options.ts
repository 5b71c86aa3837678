import type { DaemonFeatures } from '../../preload/contract/daemon.ts'
import type { Configuration, ParameterValue } from '../../preload/contract/model.ts'
import type { RunnerOptions } from '../ollama/daemon.ts'

/** What daemons without an automatic batch use where nothing is said (reference: Ollama before 0.30). */
const fixedDefaultBatch = 512

/**
 * The request options that make the tag run as `configuration`: only what differs from what the tag itself sets, and
 * never null. Where the tag sets a value and the configuration says "automatic", the daemon's own word for automatic
 * is sent. The others have no such word: null leaves the tag's value in force, so null is no candidate over such a tag.
 *
 * @param contextLength tokens; always sent, as the default depends on the daemon's environment
 */
export function requestOptions(
  configuration: Configuration,
  baseParameters: Readonly<Record<string, ParameterValue>>,
  contextLength: number,
  features: DaemonFeatures,
): RunnerOptions {
  const options: RunnerOptions = { num_ctx: contextLength }
  const differs = (name: keyof Configuration, automatic: number | null): boolean =>
    configuration[name] !== (baseParameters[name] ?? automatic)

  if (differs('num_gpu', -1)) options.num_gpu = configuration.num_gpu
  if (differs('num_thread', 0)) options.num_thread = configuration.num_thread
  if (differs('num_batch', 0)) {
    const isRefused = configuration.num_batch === 0 && !features.automaticBatch
    options.num_batch = isRefused ? fixedDefaultBatch : configuration.num_batch
  }
  if (configuration.use_mmap !== null && differs('use_mmap', null)) options.use_mmap = configuration.use_mmap
  if (configuration.flash_attention !== null && differs('flash_attention', null)) {
    options.flash_attention = configuration.flash_attention
  }
  if (configuration.kv_cache_type !== null && differs('kv_cache_type', null)) {
    options.kv_cache_type = configuration.kv_cache_type
  }
  if (configuration.num_parallel !== null && differs('num_parallel', null)) {
    options.num_parallel = configuration.num_parallel
  }
  return options
}
