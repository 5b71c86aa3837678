import type { Study } from '../../../preload/contract/study.ts'
import { useText } from '../../text/use-text.ts'
import { ErrorNotice, Notice } from '../../ui/parts/notice.tsx'

/** Why a study is not running, and that nothing is lost. */
export function StateNotice({ study }: { study: Study }) {
  const { words } = useText()
  switch (study.state) {
    case 'running':
      return null
    case 'paused':
      return <Notice kind="info" message={words.run.paused} />
    case 'interrupted':
      return <Notice kind="warning" message={words.run.interrupted} />
    case 'failed':
      return study.failure === null ? null : <ErrorNotice error={study.failure} />
    case 'finished':
    case 'stopped':
      return study.report === null ? <Notice kind="info" message={words.run.nothingMeasured} /> : null
  }
}
