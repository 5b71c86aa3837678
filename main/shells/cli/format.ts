import type { Estimate } from '../../../preload/contract/estimate.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { MeasuredChoice } from '../../../preload/contract/study.ts'

/** "12.3", "0.54", "118": three significant digits, as no measurement here is better than that. */
export function significant(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumSignificantDigits: 3 })
}

/** "41.2 (39.9 to 42.5)", or the bare mean where there is no interval. */
export function estimateText(estimate: Estimate): string {
  const { mean, interval } = estimate
  return interval === null
    ? significant(mean)
    : `${significant(mean)} (${significant(interval.low)} to ${significant(interval.high)})`
}

/** "num_thread 2, num_batch 512"; what the daemon decides itself is left out. */
export function configurationText(configuration: Configuration): string {
  const parts = [
    configuration.num_gpu >= 0 ? `num_gpu ${configuration.num_gpu}` : '',
    configuration.num_thread > 0 ? `num_thread ${configuration.num_thread}` : '',
    configuration.num_batch > 0 ? `num_batch ${configuration.num_batch}` : '',
    configuration.use_mmap === null ? '' : `use_mmap ${configuration.use_mmap}`,
    configuration.flash_attention === null ? '' : `flash_attention ${configuration.flash_attention}`,
    configuration.kv_cache_type === null ? '' : `kv_cache_type ${configuration.kv_cache_type}`,
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(', ') : 'everything automatic'
}

/** "1 min 20 s", "45 s". */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

export function gibibytes(mebibytes: number): string {
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MB` : `${significant(mebibytes / 1024)} GB`
}

/** The measured figures of one configuration, as table cells. */
export function choiceCells(choice: MeasuredChoice): string[] {
  return [
    configurationText(choice.configuration),
    estimateText(choice.turnSeconds),
    estimateText(choice.ttftSeconds),
    estimateText(choice.prefillTokensPerSecond),
    estimateText(choice.decodeTokensPerSecond),
    gibibytes(choice.memory.ramMiB + choice.memory.vramMiB),
  ]
}

export const choiceHeader = ['settings', 'turn s', 'first token s', 'reading tok/s', 'writing tok/s', 'memory']
