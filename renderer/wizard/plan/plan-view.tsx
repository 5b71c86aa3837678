import { Text } from '@mantine/core'
import { IconClock, IconCpu2, IconListCheck } from '@tabler/icons-react'
import type { LocalModel } from '../../../preload/contract/model.ts'
import type { Plan } from '../../../preload/contract/plan.ts'
import { useText } from '../../text/use-text.ts'
import { Disclosure } from '../../ui/parts/disclosure.tsx'
import { Notice } from '../../ui/parts/notice.tsx'
import { Section, Tile, Tiles } from '../../ui/layout/panel.tsx'
import { DimensionPanel } from './dimension-panel.tsx'
import classes from './plan.module.css'

/** The plan in full: how long, how much memory, what varies and why, and what does not. */
export function PlanView({ plan, model }: { plan: Plan; model: LocalModel | null }) {
  const { words, format } = useText()
  return (
    <>
      {plan.warnings.map((warning) => (
        <Notice key={warning.code} kind="warning" message={warning.text} />
      ))}
      <Tiles>
        <Tile
          icon={IconClock}
          label={words.plan.time}
          value={format.minutes.range(plan.expectedMinutes.low, plan.expectedMinutes.high)}
          detail={words.plan.timeDetail(plan.maximumMinutes)}
        />
        <Tile
          icon={IconListCheck}
          label={words.plan.trials}
          value={words.plan.loads(plan.maximumLoads)}
          detail={words.plan.candidates(plan.candidateCount)}
        />
        <Tile
          icon={IconCpu2}
          label={words.plan.memory}
          value={words.plan.memoryValue(plan.predictedMemory)}
          detail={plan.regimeReason.text}
        />
      </Tiles>
      <Section title={words.plan.varied}>
        {model !== null && <Text c="dimmed">{words.plan.baseline(model.ref.name, plan.baseline)}</Text>}
        <div className={classes.dimensions}>
          {plan.dimensions.map((dimension) => (
            <DimensionPanel key={dimension.name} dimension={dimension} />
          ))}
        </div>
        {plan.dimensions.length === 0 && <Notice kind="info" message={words.plan.nothingToVary} />}
      </Section>
      <Disclosure label={words.plan.leftAlone(plan.leftAlone.length)}>
        <dl className={classes.leftAlone}>
          {plan.leftAlone.map(({ name, reason }) => (
            <div key={name}>
              <dt>{words.parameters.nameOf(name)}</dt>
              <dd>{reason.text}</dd>
            </div>
          ))}
        </dl>
      </Disclosure>
      <Text c="dimmed">{words.plan.howToStop}</Text>
    </>
  )
}
