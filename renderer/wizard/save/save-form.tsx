import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { valueOf } from '../../state/remote.ts'
import { useActions, useDeed, useRequest } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { ErrorNotice } from '../../ui/parts/notice.tsx'
import { ModelfilePreview } from './modelfile-preview.tsx'
import classes from './save.module.css'

interface SaveFormProps {
  study: Study
  configuration: Configuration
  isRegistering: boolean
}

/** The new name, what will be written, and the two ways of writing it. */
export function SaveForm({ study, configuration, isRegistering }: SaveFormProps) {
  const { words } = useText()
  const { register } = useActions()
  const { id } = study
  const [typed, setTyped] = useState<string | null>(null)
  // After every registration the next free name is another one.
  const suggestion = useRequest(`${id} ${study.certificates.length}`, (api) => api['save.suggestName']({ id }))
  const name = (typed ?? valueOf(suggestion.answer)?.name ?? '').trim()
  const preview = useRequest(name === '' ? null : `${name} ${study.updatedAt}`, (api) =>
    api['save.preview']({ id, name, configuration }),
  )
  const problem = valueOf(preview.answer)?.nameProblem ?? null
  const save = useDeed(async () => {
    await register({ id, name, configuration })
    setTyped(null)
  })
  // Only what has been shown as it will be written may be written.
  const isPreviewed = preview.answer.kind === 'ready' && !preview.answer.isRefreshing
  const isAccepted = name !== '' && problem === null && isPreviewed
  const isBusy = save.isRunning || isRegistering
  return (
    <div className={classes.stack}>
      <div className={classes.form}>
        <TextInput
          className={classes.name ?? ''}
          label={words.save.name}
          description={words.save.nameHint}
          error={problem === null ? undefined : `${problem.message} ${problem.hint}`}
          value={typed ?? valueOf(suggestion.answer)?.name ?? ''}
          onChange={(event) => setTyped(event.currentTarget.value)}
          disabled={isBusy}
        />
        <Button onClick={save.run} disabled={isBusy || !isAccepted}>
          {words.save.register}
        </Button>
      </div>
      {suggestion.answer.kind === 'failed' && (
        <ErrorNotice error={suggestion.answer.error} onRetry={suggestion.retry} />
      )}
      {save.error && <ErrorNotice error={save.error} />}
      <ModelfilePreview preview={preview.answer} name={name} onRetry={preview.retry} />
    </div>
  )
}
