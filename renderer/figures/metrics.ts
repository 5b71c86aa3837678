import type { Estimate } from '../../preload/contract/estimate.ts'
import type { MeasuredChoice } from '../../preload/contract/study.ts'

export type MetricName = 'turn' | 'ttft' | 'decode' | 'prefill' | 'memory'

/** One of the figures by which measured choices are compared. Its name, unit and sentence are `words.metrics`. */
export interface Metric {
  name: MetricName
  /** Of the bare number, as it is written into files. */
  unit: 's' | 'tokens/s' | 'MiB'
  of: (choice: MeasuredChoice) => Estimate
  isHigherBetter: boolean
}

export const metrics: readonly Metric[] = [
  { name: 'turn', unit: 's', of: (choice) => choice.turnSeconds, isHigherBetter: false },
  { name: 'ttft', unit: 's', of: (choice) => choice.ttftSeconds, isHigherBetter: false },
  { name: 'decode', unit: 'tokens/s', of: (choice) => choice.decodeTokensPerSecond, isHigherBetter: true },
  { name: 'prefill', unit: 'tokens/s', of: (choice) => choice.prefillTokensPerSecond, isHigherBetter: true },
  { name: 'memory', unit: 'MiB', of: totalMemory, isHigherBetter: false },
]

/** RAM and graphics memory together, MiB. What the daemon reports is a figure, not an estimate: it has no spread. */
function totalMemory({ memory, loads }: MeasuredChoice): Estimate {
  return { mean: memory.ramMiB + memory.vramMiB, interval: null, count: loads }
}
