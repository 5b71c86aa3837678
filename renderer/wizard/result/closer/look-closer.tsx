import type { Importance, TradeOffs } from '../../../../preload/contract/insight.ts'
import type { Configuration } from '../../../../preload/contract/model.ts'
import type { MeasuredChoice, Report, Study } from '../../../../preload/contract/study.ts'
import { ChoicesChart } from '../../../charts/choices/choices-chart.tsx'
import { ParallelChart } from '../../../charts/choices/parallel-chart.tsx'
import { EffectChart } from '../../../charts/settings/effect-chart.tsx'
import { ImportanceList } from '../../../charts/settings/importance-list.tsx'
import { MapChart } from '../../../charts/settings/map-chart.tsx'
import { TimelineChart } from '../../../charts/trials/timeline-chart.tsx'
import { isSameConfiguration } from '../../../figures/objective.ts'
import { useText } from '../../../text/use-text.ts'
import { Section } from '../../../ui/layout/panel.tsx'
import { Fold } from '../../../ui/parts/fold.tsx'
import { ChoiceCard } from '../choice-card.tsx'
import { Alternatives } from './alternatives.tsx'
import { KeptList, UntestedList } from './left-alone.tsx'
import classes from './look-closer.module.css'

interface LookCloserProps {
  study: Study
  report: Report
  importance: Importance | null
  tradeOffs: TradeOffs
  onSave: (configuration: Configuration) => void
}

/** With fewer setups than this a picture says nothing that the table does not. */
const pictureFrom = 3

/** The pictures behind a result, each closed until someone wants it: the page stays calm, and plotly unloaded. */
export function LookCloser({ study, report, importance, tradeOffs, onSave }: LookCloserProps) {
  const { words } = useText()
  const { parts } = words.result
  const map = importance?.map ?? null
  const hasPictures = report.alternatives.length >= pictureFrom
  /** What choosing a setup means; a setup that failed once is none that main would offer. */
  const card = ({ configuration }: MeasuredChoice) => {
    const known = tradeOffs.choices.find((choice) => isSameConfiguration(choice.configuration, configuration))
    return (
      <ChoiceCard report={report} choice={known ?? { configuration, roles: [], consequences: [] }} onSave={onSave} />
    )
  }
  return (
    <Section title={words.result.closer}>
      <p className={classes.lead}>{words.result.closerLead}</p>
      <div>
        {report.kept.length > 0 && <Fold {...parts.kept}>{() => <KeptList kept={report.kept} />}</Fold>}
        {hasPictures && <Fold {...parts.choices}>{() => <ChoicesChart report={report}>{card}</ChoicesChart>}</Fold>}
        {importance !== null && (
          <>
            <Fold {...parts.importance}>{() => <ImportanceList importance={importance} />}</Fold>
            <Fold {...parts.effects}>
              {() => (
                <div className={classes.effects}>
                  {importance.parameters.map((parameter) => (
                    <EffectChart key={parameter.name} parameter={parameter} goal={importance.goal} />
                  ))}
                </div>
              )}
            </Fold>
          </>
        )}
        {map !== null && <Fold {...parts.map}>{() => <MapChart map={map} />}</Fold>}
        {hasPictures && <Fold {...parts.parallel}>{() => <ParallelChart report={report} />}</Fold>}
        <Fold {...parts.timeline}>{() => <TimelineChart trials={study.trials} />}</Fold>
        <Fold {...parts.table}>{() => <Alternatives report={report} onSave={onSave} />}</Fold>
        {report.untested.length > 0 && <Fold {...parts.untested}>{() => <UntestedList {...report} />}</Fold>}
      </div>
    </Section>
  )
}
