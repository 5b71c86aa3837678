import { Button } from '@mantine/core'
import { useDeferredValue } from 'react'
import type { Study } from '../../../preload/contract/study.ts'
import { standingOf } from '../../figures/objective.ts'
import { useActions } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { TrialsChart } from '../../charts/trials/trials-chart.tsx'
import { Step } from '../../ui/layout/step.tsx'
import { EndNoticeOffer } from './end-notice-offer.tsx'
import { RunControls } from './run-controls.tsx'
import { RunProgress } from './run-progress.tsx'
import { StandingTiles } from './standing-tiles.tsx'
import { StateNotice } from './state-notice.tsx'
import { TrialRemark } from './trial-remark.tsx'
import classes from './run.module.css'

/** Step 5: the measuring as it goes. Drawn anew when a trial begins or ends, and the clock every few seconds. */
export function RunStep({ study }: { study: Study }) {
  const { words } = useText()
  // What the person does comes before what the study tells.
  const charted = useDeferredValue(study)
  const standing = standingOf(study.trials, study.request.goal, study.plan.workload)
  const current = study.trials.findLast((trial) => trial.outcome === null) ?? null
  return (
    <Step
      heading={words.run.heading[study.state](study.model.ref.name)}
      lead={words.run.lead[study.state]}
      back={<RunControls key={study.state} study={study} />}
      forward={<Forward study={study} />}
    >
      <StateNotice study={study} />
      {study.state === 'running' && <RunProgress study={study} current={current} />}
      {study.state === 'running' && <EndNoticeOffer />}
      <div className={classes.standing}>
        <StandingTiles study={study} standing={standing} />
      </div>
      <TrialsChart study={charted} />
      {study.state === 'running' && <TrialRemark trials={study.trials} />}
    </Step>
  )
}

/** On from a study that is over: to its result, or to a new one if it has none. */
function Forward({ study }: { study: Study }) {
  const { words } = useText()
  const { goTo } = useActions()
  switch (study.state) {
    case 'running':
    case 'paused':
    case 'interrupted':
      return null
    case 'failed':
    case 'finished':
    case 'stopped':
      return study.report === null || study.state === 'failed' ? (
        <Button onClick={() => goTo({ page: 'new', step: 'computer' })}>{words.run.newStudy}</Button>
      ) : (
        <Button onClick={() => goTo({ page: 'study', id: study.id, step: 'result' })}>{words.run.showResult}</Button>
      )
  }
}
