import { Code, Group } from '@mantine/core'
import type { EnvironmentAdvice } from '../../../preload/contract/environment.ts'
import { useText } from '../../text/use-text.ts'
import { Panel } from '../../ui/layout/panel.tsx'
import { CopyButton } from '../../ui/parts/copy-button.tsx'
import { Disclosure } from '../../ui/parts/disclosure.tsx'
import classes from './save.module.css'

/** What has to be set for the whole of Ollama: why, each variable with what it does, the commands, and the way back. */
export function EnvironmentPanel({ advice }: { advice: EnvironmentAdvice }) {
  const { words } = useText()
  return (
    <Panel>
      <div className={classes.stack}>
        <h2 className={classes.tag}>{words.save.environment}</h2>
        {advice.remarks.map((remark) => (
          <p key={remark.code} className={classes.detail}>
            {remark.text}
          </p>
        ))}
        <ul className={classes.variables}>
          {advice.variables.map(({ name, value, effect }) => (
            <li key={name}>
              <Code className={classes.command ?? ''}>{`${name}=${value}`}</Code> {effect.text}
            </li>
          ))}
        </ul>
        <p className={classes.detail}>{advice.how.text}</p>
        <Commands label={words.save.environmentCommands} text={advice.set} />
        <Disclosure label={words.save.environmentUndo}>
          <Commands label={words.save.environmentUndo} text={advice.undo} />
        </Disclosure>
      </div>
    </Panel>
  )
}

/** Lines to type, as one block that can be copied. */
function Commands({ label, text }: { label: string; text: string }) {
  return (
    <div className={classes.preview}>
      {/* Long lines scroll within the block, which must then be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={classes.code} aria-label={label} tabIndex={0}>
        <pre>{text}</pre>
      </section>
      <Group gap="sm">
        <CopyButton text={text} />
      </Group>
    </div>
  )
}
