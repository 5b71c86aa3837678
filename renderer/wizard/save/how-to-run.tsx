import { Code, Group } from '@mantine/core'
import type { Study } from '../../../preload/contract/study.ts'
import { useText } from '../../text/use-text.ts'
import { CopyButton } from '../../ui/parts/copy-button.tsx'
import { Disclosure } from '../../ui/parts/disclosure.tsx'
import classes from './save.module.css'
import { waysToUse } from '../../figures/ways-to-use.ts'

/** How to use the new tag from wherever people talk to models, or why it can be used nowhere else. */
export function HowToRun({ tag, daemon }: { tag: string; daemon: Study['daemon'] }) {
  const { words } = useText()
  if (daemon.kind === 'builtIn') return <p className={classes.detail}>{words.save.inBuiltIn}</p>
  return (
    <div>
      <h3 className={classes.howToRun}>{words.save.howToRun}</h3>
      {waysToUse(tag, daemon.url).map(({ way, text }, index) => (
        <Disclosure key={way} label={words.save.ways[way].name} startsOpen={index === 0}>
          <p className={classes.detail}>{words.save.ways[way].how}</p>
          <Group gap="sm" my={4} align="flex-start">
            <Code block className={classes.command ?? ''}>
              {text}
            </Code>
            <CopyButton text={text} />
          </Group>
        </Disclosure>
      ))}
    </div>
  )
}
