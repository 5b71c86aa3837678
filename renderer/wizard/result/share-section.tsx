import { Button, Group } from '@mantine/core'
import { IconFileText, IconJson } from '@tabler/icons-react'
import type { Study } from '../../../preload/contract/study.ts'
import { useDeed } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { download } from '../../ui/browser/download.ts'
import { Section } from '../../ui/layout/panel.tsx'
import { ErrorNotice } from '../../ui/parts/notice.tsx'
import classes from './choice-card.module.css'

const formats = [
  { format: 'html', type: 'text/html', Icon: IconFileText },
  { format: 'json', type: 'application/json', Icon: IconJson },
] as const

/** The whole study as one file. */
export function ShareSection({ id }: Pick<Study, 'id'>) {
  const { words } = useText()
  const save = useDeed(async (api, { format, type }: (typeof formats)[number]) => {
    const { fileName, content } = await api['study.export']({ id, format })
    download(fileName, new Blob([content], { type }))
  })
  return (
    <Section title={words.result.share}>
      <p className={classes.lead}>{words.result.shareLead}</p>
      <Group gap="sm">
        {formats.map((format) => (
          <Button
            key={format.format}
            variant="default"
            size="sm"
            leftSection={<format.Icon size={16} aria-hidden />}
            disabled={save.isRunning}
            onClick={() => save.run(format)}
          >
            {words.result.shareAs[format.format]}
          </Button>
        ))}
      </Group>
      {save.error && <ErrorNotice error={save.error} />}
    </Section>
  )
}
