import type { ChoiceRole, TradeOff, TradeOffs } from '../../../preload/contract/insight.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Report } from '../../../preload/contract/study.ts'
import { useText } from '../../text/use-text.ts'
import { Section } from '../../ui/layout/panel.tsx'
import { ChoiceCard } from './choice-card.tsx'
import classes from './choice-card.module.css'

interface ChoiceCardsProps {
  report: Report
  tradeOffs: TradeOffs
  onSave: (configuration: Configuration) => void
}

/** The fastest, the balanced and the lightest setup, for people who do not read charts; nothing where all are one. */
export function ChoiceCards({ report, tradeOffs, onSave }: ChoiceCardsProps) {
  const { words } = useText()
  const shown = tradeOffs.choices.filter(({ roles }) => roles.length > 0).toSorted((a, b) => rank(a) - rank(b))
  if (shown.length < 2) return null
  return (
    <Section title={words.result.ways}>
      <p className={classes.lead}>{words.result.waysLead}</p>
      <div className={classes.cards}>
        {shown.map((choice) => (
          <ChoiceCard
            key={words.parameters.summary(choice.configuration)}
            report={report}
            choice={choice}
            onSave={onSave}
          />
        ))}
      </div>
    </Section>
  )
}

const order: readonly ChoiceRole[] = ['fastest', 'balanced', 'lightest']

function rank({ roles }: TradeOff): number {
  return Math.min(...roles.map((role) => order.indexOf(role)))
}
