import { Button } from '@mantine/core'
import { standingOf } from '../../figures/objective.ts'
import type { OpenStudy } from '../../state/store.ts'
import { useActions } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { TrialsChart } from '../../charts/trials-chart.tsx'
import { Step } from '../../ui/step.tsx'
import { RunControls } from './run-controls.tsx'
import { RunProgress } from './run-progress.tsx'
import { StandingTiles } from './standing-tiles.tsx'
import { StateNotice } from './state-notice.tsx'

/** Step 5: the measuring as it goes. Drawn anew when a trial begins or ends, and the clock every few seconds. */
export function RunStep({ open }: { open: OpenStudy }) {
  const { words } = useText()
  const { goTo } = useActions()
  const { study } = open
  const standing = standingOf(study.trials, study.request.goal, study.plan.workload)
  const current = study.trials.findLast((trial) => trial.outcome === null) ?? null
  const hasReport = study.report !== null
  return (
    <Step
      heading={words.run.heading[study.state](study.model.ref.name)}
      lead={words.run.lead[study.state]}
      {...(hasReport
        ? {
            forward: (
              <Button onClick={() => goTo({ page: 'study', id: study.id, step: 'result' })}>
                {words.run.showResult}
              </Button>
            ),
          }
        : { back: <RunControls study={study} /> })}
    >
      <StateNotice study={study} />
      {study.state === 'running' && <RunProgress study={study} progress={open.progress} current={current} />}
      <StandingTiles study={study} standing={standing} />
      <TrialsChart study={study} standing={standing} />
    </Step>
  )
}
