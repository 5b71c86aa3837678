import type { Estimate } from '../../../preload/contract/estimate.ts'
import type { MeasuredChoice } from '../../../preload/contract/study.ts'
import { metrics, type Metric } from '../../figures/metrics.ts'
import { intervalText } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import classes from './before-after.module.css'

interface BeforeAfterProps {
  before: MeasuredChoice
  after: MeasuredChoice
}

/** Every figure before and after, as numbers, intervals and bars of one scale. */
export function BeforeAfter({ before, after }: BeforeAfterProps) {
  const { words } = useText()
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{words.result.figure}</th>
          <th scope="col">{words.result.before}</th>
          <th scope="col">{words.result.after}</th>
        </tr>
      </thead>
      <tbody>
        {metrics.map((metric) => (
          <MetricRow key={metric.name} metric={metric} before={before} after={after} />
        ))}
      </tbody>
    </table>
  )
}

function MetricRow({ metric, before, after }: BeforeAfterProps & { metric: Metric }) {
  const { words } = useText()
  const [from, to] = [metric.of(before), metric.of(after)]
  const scaleEnd = Math.max(upperEnd(from), upperEnd(to))
  return (
    <tr>
      <th scope="row">
        {words.metrics[metric.name].name}
        <span className={classes.hint}>{metric.isHigherBetter ? words.metrics.higher : words.metrics.lower}</span>
      </th>
      <td>
        <Bar metric={metric} estimate={from} scaleEnd={scaleEnd} isAfter={false} />
      </td>
      <td>
        <Bar metric={metric} estimate={to} scaleEnd={scaleEnd} isAfter />
      </td>
    </tr>
  )
}

interface BarProps {
  metric: Metric
  estimate: Estimate
  scaleEnd: number
  isAfter: boolean
}

function Bar({ metric, estimate, scaleEnd, isAfter }: BarProps) {
  const { words } = useText()
  const quantity = words.metrics[metric.name]
  const percent = (value: number) => `${(Math.max(0, value) / scaleEnd) * 100}%`
  const { interval } = estimate
  const spread = intervalText(estimate, quantity)
  return (
    <>
      <div className={classes.value}>{quantity.of(estimate.mean)}</div>
      <div className={classes.scale} aria-hidden>
        <div className={`${classes.bar} ${isAfter ? classes.isAfter : ''}`} style={{ width: percent(estimate.mean) }} />
        {interval !== null && (
          <div
            className={classes.whisker}
            style={{ left: percent(interval.low), width: percent(interval.high - interval.low) }}
          />
        )}
      </div>
      {spread !== null && <div className={classes.interval}>{spread}</div>}
    </>
  )
}

function upperEnd({ mean, interval }: Estimate): number {
  return interval?.high ?? mean
}
