import { Button } from '@mantine/core'
import type { TradeOff } from '../../../preload/contract/insight.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Report } from '../../../preload/contract/study.ts'
import { isSameConfiguration } from '../../figures/objective.ts'
import { useText } from '../../text/use-text.ts'
import classes from './choice-card.module.css'

interface ChoiceCardProps {
  report: Report
  choice: Pick<TradeOff, 'configuration' | 'roles' | 'consequences'>
  onSave: (configuration: Configuration) => void
}

/** One measured setup: what it is the best for, what it means for a person, and saving it. */
export function ChoiceCard({ report, choice: { configuration, roles, consequences }, onSave }: ChoiceCardProps) {
  const { words } = useText()
  const summary = words.parameters.summary(configuration)
  const isBest = isSameConfiguration(configuration, report.best.configuration)
  const isBaseline = isSameConfiguration(configuration, report.baseline.configuration)
  const tag = isBaseline ? words.result.isNow : isBest ? words.result.isRecommended : null
  return (
    <div className={`${classes.card} ${isBest ? classes.isBest : ''}`}>
      <div className={classes.head}>
        {roles.length > 0 && (
          <h3 className={classes.title}>{words.result.rolesOf(roles.map((role) => words.result.roles[role]))}</h3>
        )}
        {tag !== null && <span className={classes.tag}>{tag}</span>}
      </div>
      <div className={classes.settings}>{summary}</div>
      <ul className={classes.consequences}>
        {consequences.map(({ code, text }) => (
          <li key={code}>{text}</li>
        ))}
      </ul>
      {!isBaseline && (
        <Button
          variant={isBest ? 'filled' : 'default'}
          size="sm"
          className={classes.save ?? ''}
          aria-label={words.result.saveThisOne(summary)}
          onClick={() => onSave(configuration)}
        >
          {words.result.saveThis}
        </Button>
      )}
    </div>
  )
}
