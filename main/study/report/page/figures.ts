import type { Estimate } from '../../../../preload/contract/estimate.ts'
import type { MeasuredChoice } from '../../../../preload/contract/study.ts'
import type { PageWords } from '../../../words/page.ts'

/** One of the figures by which setups are compared. */
export interface PageMetric {
  name: keyof PageWords['figures']
  unit: 's' | 'GB' | 'tokensPerSecond'
  of: (choice: MeasuredChoice) => Estimate
}

export const pageMetrics: readonly PageMetric[] = [
  { name: 'turn', unit: 's', of: ({ turnSeconds }) => turnSeconds },
  { name: 'ttft', unit: 's', of: ({ ttftSeconds }) => ttftSeconds },
  { name: 'decode', unit: 'tokensPerSecond', of: ({ decodeTokensPerSecond }) => decodeTokensPerSecond },
  { name: 'prefill', unit: 'tokensPerSecond', of: ({ prefillTokensPerSecond }) => prefillTokensPerSecond },
  { name: 'memory', unit: 'GB', of: memoryGigabytes },
]

/** RAM and graphics memory together; what the daemon reports has no spread. */
function memoryGigabytes({ memory, loads }: MeasuredChoice): Estimate {
  return { mean: (memory.ramMiB + memory.vramMiB) / 1024, interval: null, count: loads }
}

/** The unit of a figure as a language writes it. */
export function unitOf({ unit }: Pick<PageMetric, 'unit'>, { tokensPerSecond }: PageWords): string {
  return unit === 'tokensPerSecond' ? tokensPerSecond : unit
}

/** Three significant digits, as no measurement here is better than that, in the manner of a language. */
export function significant(value: number, language: string): string {
  return value.toLocaleString(language, { maximumSignificantDigits: 3 })
}

/** "14 s (13.8–14.3)", or the bare figure where there is no interval. */
export function estimateText({ mean, interval }: Estimate, unit: string, language: string): string {
  const shown = `${significant(mean, language)} ${unit}`
  if (interval === null) return shown
  return `${shown} (${significant(interval.low, language)}–${significant(interval.high, language)})`
}
