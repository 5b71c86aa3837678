import { Progress } from '@mantine/core'
import type { Study } from '../../../preload/contract/study.ts'
import type { Trial } from '../../../preload/contract/trial.ts'
import { useAttune } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Panel } from '../../ui/layout/panel.tsx'
import { RunClock } from './run-clock.tsx'
import classes from './run.module.css'

interface RunProgressProps {
  study: Study
  /** The trial under way, null between two. */
  current: Trial | null
}

/** How far the study is, and what it is doing just now and why. */
export function RunProgress({ study, current }: RunProgressProps) {
  const { words } = useText()
  const progress = useAttune((state) => state.progress)
  const done = study.trials.filter((trial) => trial.outcome !== null).length
  const expected = Math.max(progress?.expectedTrials ?? study.plan.maximumLoads, done + 1)
  const number = Math.max(1, progress?.trialNumber ?? done + 1)
  return (
    <Panel>
      <div className={classes.progress}>
        <div className={classes.counts}>
          <span className={classes.count}>{words.run.trial(number, expected)}</span>
          {progress !== null && (
            <span className={classes.times}>
              <RunClock progress={progress} />
            </span>
          )}
        </div>
        <Progress value={(done / expected) * 100} aria-label={words.run.progressLabel} />
        <div>
          <output className={classes.label}>{words.run.phases[study.phase]}</output>
          <div className={classes.activity}>{progress?.activity.text}</div>
        </div>
      </div>
      <div className={classes.current}>
        {current !== null && (
          <>
            <div className={classes.label}>{words.run.trying}</div>
            <div className={classes.configuration}>{words.parameters.summary(current.configuration)}</div>
            <div className={classes.reason}>{current.reason.text}</div>
          </>
        )}
      </div>
    </Panel>
  )
}
