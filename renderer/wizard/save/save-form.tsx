import { Button, TextInput } from '@mantine/core'
import { useText } from '../../text/use-text.ts'
import { ErrorNotice } from '../../ui/parts/notice.tsx'
import { ModelfilePreview } from './modelfile-preview.tsx'
import classes from './save.module.css'
import type { Saving } from './use-saving.ts'

interface SavingProps {
  saving: Saving
  /** Whether it is being saved and measured, be it for another window. */
  isRegistering: boolean
}

/** The new name, and what will be written. */
export function SaveForm({ saving, isRegistering }: SavingProps) {
  const { words } = useText()
  const { shown, setTyped, name, suggestion, preview, problem, deed } = saving
  return (
    <div className={classes.stack}>
      <TextInput
        className={classes.name ?? ''}
        label={words.save.name}
        description={words.save.nameHint}
        error={problem === null ? undefined : `${problem.message} ${problem.hint}`}
        value={shown}
        onChange={(event) => setTyped(event.currentTarget.value)}
        disabled={deed.isRunning || isRegistering}
      />
      {suggestion.answer.kind === 'failed' && (
        <ErrorNotice error={suggestion.answer.error} onRetry={suggestion.retry} />
      )}
      {deed.error && <ErrorNotice error={deed.error} />}
      <ModelfilePreview preview={preview.answer} name={name} onRetry={preview.retry} />
    </div>
  )
}

export function SaveButton({ saving: { deed, isAccepted }, isRegistering }: SavingProps) {
  const { words } = useText()
  return (
    <Button onClick={deed.run} disabled={deed.isRunning || isRegistering || !isAccepted}>
      {words.save.register}
    </Button>
  )
}
