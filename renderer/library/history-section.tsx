import { useMemo } from 'react'
import type { StudySummary } from '../../preload/contract/study.ts'
import { HistoryChart } from '../charts/history/history-chart.tsx'
import { historiesOf } from '../figures/history.ts'
import { useText } from '../text/use-text.ts'
import { Section } from '../ui/layout/panel.tsx'

/** How the speed of models went from study to study; nothing before a model has been studied twice. */
export function HistorySection({ studies }: { studies: readonly StudySummary[] }) {
  const { words } = useText()
  const histories = useMemo(() => historiesOf(studies), [studies])
  if (histories.length === 0) return null
  return (
    <Section title={words.library.history}>
      <HistoryChart histories={histories} />
    </Section>
  )
}
