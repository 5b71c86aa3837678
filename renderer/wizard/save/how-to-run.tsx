import { Code, Group } from '@mantine/core'
import type { DaemonKind } from '../../../preload/contract/daemon.ts'
import { useText } from '../../text/use-text.ts'
import { CopyButton } from '../../ui/parts/copy-button.tsx'
import classes from './save.module.css'

/** What to type to use the new tag, or why there is nothing to type. */
export function HowToRun({ tag, daemon }: { tag: string; daemon: DaemonKind }) {
  const { words } = useText()
  if (daemon === 'builtIn') return <p className={classes.detail}>{words.save.inBuiltIn}</p>
  const command = `ollama run ${tag}`
  return (
    <div>
      <p className={classes.detail}>{words.save.howToRun}</p>
      <Group gap="sm" mt={4}>
        <Code className={classes.command ?? ''}>{command}</Code>
        <CopyButton text={command} />
      </Group>
    </div>
  )
}
