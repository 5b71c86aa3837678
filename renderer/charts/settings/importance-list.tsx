import type { Band, Importance } from '../../../preload/contract/insight.ts'
import { useText } from '../../text/use-text.ts'
import { Panel } from '../../ui/layout/panel.tsx'
import classes from './importance-list.module.css'

/** Each setting's share of the differences as a bar with its interval, largest first. */
export function ImportanceList({ importance }: { importance: Importance }) {
  const { words } = useText()
  const [finding] = importance.sentences
  const together = importance.pairs.filter(({ isDistinguishable }) => isDistinguishable)
  return (
    <Panel>
      {finding !== undefined && <p className={classes.finding}>{finding.text}</p>}
      <p className={classes.lead}>{words.importance.lead(importance)}</p>
      <ul className={classes.list}>
        {importance.parameters.map((parameter) => (
          <Row
            key={parameter.name}
            name={words.parameters.names[parameter.name]}
            detail={parameter.name}
            share={parameter.share}
            isDistinguishable={parameter.group !== null}
            remark={words.importance.remark(parameter, importance.parameters)}
          />
        ))}
        {together.map(({ names, share }) => (
          <Row
            key={names.join(' ')}
            name={words.importance.pair(names)}
            detail={words.importance.pairDetail}
            share={share}
            isDistinguishable
            remark={null}
          />
        ))}
      </ul>
    </Panel>
  )
}

interface RowProps {
  name: string
  detail: string
  share: Band
  isDistinguishable: boolean
  remark: string | null
}

function Row({ name, detail, share, isDistinguishable, remark }: RowProps) {
  const { words } = useText()
  return (
    <li className={classes.row}>
      <div>
        <div className={classes.name}>{name}</div>
        <div className={classes.detail}>{detail}</div>
      </div>
      <Bar share={share} isDistinguishable={isDistinguishable} />
      <div>
        <div className={classes.share}>{words.importance.share(share)}</div>
        {remark !== null && <div className={classes.detail}>{remark}</div>}
      </div>
    </li>
  )
}

function Bar({ share: { value, low, high }, isDistinguishable }: Pick<RowProps, 'share' | 'isDistinguishable'>) {
  const percent = (share: number) => `${100 * Math.min(1, Math.max(0, share))}%`
  return (
    <div className={classes.scale} aria-hidden>
      <div className={`${classes.bar} ${isDistinguishable ? '' : classes.isNone}`} style={{ width: percent(value) }} />
      <div className={classes.whisker} style={{ left: percent(low), right: `calc(100% - ${percent(high)})` }} />
    </div>
  )
}
