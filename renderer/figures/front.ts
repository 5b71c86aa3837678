import type { MeasuredChoice } from '../../preload/contract/study.ts'

/** What memory can be weighed against. */
export const choiceMetrics = ['turn', 'ttft', 'decode'] as const
export type ChoiceMetric = (typeof choiceMetrics)[number]

/** Seconds, or tokens per second for `decode`. */
export function choiceFigure(metric: ChoiceMetric, choice: MeasuredChoice): MeasuredChoice['turnSeconds'] {
  switch (metric) {
    case 'turn':
      return choice.turnSeconds
    case 'ttft':
      return choice.ttftSeconds
    case 'decode':
      return choice.decodeTokensPerSecond
  }
}

export function memoryMiB({ memory }: Pick<MeasuredChoice, 'memory'>): number {
  return memory.ramMiB + memory.vramMiB
}

/** Setups that nothing beats in both memory and one other figure, lightest first. */
export function frontOf(metric: ChoiceMetric, choices: readonly MeasuredChoice[]): MeasuredChoice[] {
  const cost = (choice: MeasuredChoice) => {
    const { mean } = choiceFigure(metric, choice)
    return metric === 'decode' ? -mean : mean
  }
  const lightestFirst = choices.toSorted((a, b) => memoryMiB(a) - memoryMiB(b) || cost(a) - cost(b))
  let least = Infinity
  return lightestFirst.filter((choice) => {
    if (cost(choice) >= least) return false
    least = cost(choice)
    return true
  })
}

/** What the lightest setup of a front saves in memory and costs in the other figure, compared with the fastest. */
export function tradeAcross(
  metric: ChoiceMetric,
  front: readonly MeasuredChoice[],
): { savedMiB: number; costPercent: number } | null {
  const [lightest, fastest] = [front[0], front.at(-1)]
  if (!lightest || !fastest || lightest === fastest) return null
  const ratio = choiceFigure(metric, lightest).mean / choiceFigure(metric, fastest).mean
  const costPercent = 100 * (metric === 'decode' ? 1 - ratio : ratio - 1)
  return { savedMiB: memoryMiB(fastest) - memoryMiB(lightest), costPercent }
}
