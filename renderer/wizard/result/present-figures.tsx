import type { MeasuredChoice } from '../../../preload/contract/study.ts'
import { metrics } from '../../figures/metrics.ts'
import { intervalText } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { Tile, Tiles } from '../../ui/layout/panel.tsx'

/** The figures of the present settings, where there is nothing to compare them with. */
export function PresentFigures({ choice }: { choice: MeasuredChoice }) {
  const { words } = useText()
  return (
    <Tiles>
      {metrics.map((metric) => {
        const quantity = words.metrics[metric.name]
        const estimate = metric.of(choice)
        return (
          <Tile
            key={metric.name}
            label={quantity.name}
            value={quantity.of(estimate.mean)}
            detail={intervalText(estimate, quantity)}
          />
        )
      })}
    </Tiles>
  )
}
