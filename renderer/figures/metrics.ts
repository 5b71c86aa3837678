import type { Estimate } from '../../preload/contract/estimate.ts'
import type { MeasuredChoice } from '../../preload/contract/study.ts'

export type MetricName = 'turn' | 'ttft' | 'decode' | 'prefill' | 'memory'

/** One of the figures by which measured choices are compared. Its name, unit and sentence are `words.metrics`. */
export interface Metric {
  name: MetricName
  of: (choice: MeasuredChoice) => Estimate
  isHigherBetter: boolean
}

export const metrics: readonly Metric[] = [
  { name: 'turn', of: (choice) => choice.turnSeconds, isHigherBetter: false },
  { name: 'ttft', of: (choice) => choice.ttftSeconds, isHigherBetter: false },
  { name: 'decode', of: (choice) => choice.decodeTokensPerSecond, isHigherBetter: true },
  { name: 'prefill', of: (choice) => choice.prefillTokensPerSecond, isHigherBetter: true },
  { name: 'memory', of: totalMemory, isHigherBetter: false },
]

/** RAM and graphics memory together, MiB. What the daemon reports is a figure, not an estimate: it has no spread. */
function totalMemory({ memory, loads }: MeasuredChoice): Estimate {
  return { mean: memory.ramMiB + memory.vramMiB, interval: null, count: loads }
}
