import { Progress } from '@mantine/core'
import { useText } from '../../text/use-text.ts'
import { Panel } from '../../ui/layout/panel.tsx'

/** How much of the practice model is on disk. */
export function PracticeProgress({ share }: { share: number }) {
  const { words, format } = useText()
  return (
    <Panel>
      <p>{words.model.writingPractice(format.percent.of(Math.round(share * 100)))}</p>
      <Progress value={share * 100} mt="xs" aria-label={words.model.writingPracticeLabel} />
    </Panel>
  )
}
