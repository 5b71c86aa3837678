import type { Report } from '../../../preload/contract/study.ts'
import { metrics } from '../../figures/metrics.ts'
import { isSameConfiguration } from '../../figures/objective.ts'
import type { Words } from '../../text/english.ts'
import type { ChartTable } from '../frame/chart-table.ts'

/** Every measured setup with all its figures. */
export function choicesTable({ alternatives, best }: Pick<Report, 'alternatives' | 'best'>, words: Words): ChartTable {
  return {
    columns: [
      { name: words.result.settings },
      ...metrics.map(({ name, unit }) => ({ name: words.metrics[name].name, unit })),
    ],
    rows: alternatives.map((choice) => {
      const summary = words.parameters.summary(choice.configuration)
      return {
        key: summary,
        isMarked: isSameConfiguration(choice.configuration, best.configuration),
        cells: [
          summary,
          ...metrics.map(({ name, of }) => {
            const { mean } = of(choice)
            return { shown: words.metrics[name].of(mean), value: mean }
          }),
        ],
      }
    }),
  }
}
