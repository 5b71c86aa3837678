import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Study } from '../../../preload/contract/study.ts'
import { useDeed } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Confirm } from '../../ui/parts/confirm.tsx'
import { ErrorNotice } from '../../ui/parts/notice.tsx'

/** Pause, go on, skip and stop, as far as the study's state allows each. */
export function RunControls({ study }: { study: Study }) {
  const { words } = useText()
  const { id, state } = study
  const [isAsking, setAsking] = useState(false)
  const [isPausing, setPausing] = useState(false)
  const pause = useDeed(async (api) => {
    await api['study.pause']({ id })
    // The state follows once the measurement under way has ended; these controls are new then.
    setPausing(true)
  })
  const resume = useDeed((api) => api['study.resume']({ id }))
  const skip = useDeed((api) => api['study.skipTrial']({ id }))
  const stop = useDeed((api) => api['study.stop']({ id }))
  const isBusy = [pause, resume, skip, stop].some((deed) => deed.isRunning)
  const error = [pause, resume, skip, stop].find((deed) => deed.error !== null)?.error
  const isWaiting = state === 'paused' || state === 'interrupted'
  const confirmStop = () => {
    setAsking(false)
    stop.run()
  }
  if (state !== 'running' && !isWaiting) return null
  return (
    <>
      {isWaiting ? (
        <Button onClick={resume.run} disabled={isBusy}>
          {words.run.resume}
        </Button>
      ) : (
        <>
          <Button variant="default" onClick={pause.run} disabled={isBusy}>
            {words.run.pause}
          </Button>
          <Button variant="default" onClick={skip.run} disabled={isBusy}>
            {words.run.skip}
          </Button>
        </>
      )}
      <Button variant="default" onClick={() => setAsking(true)} disabled={isBusy}>
        {words.run.stop}
      </Button>
      <output>{isPausing && words.run.pausing}</output>
      {error && <ErrorNotice error={error} />}
      {isAsking && (
        <Confirm
          title={words.run.stopTitle}
          message={words.run.stopMessage}
          confirmLabel={words.run.stopConfirm}
          onConfirm={confirmStop}
          onCancel={() => setAsking(false)}
        />
      )}
    </>
  )
}
