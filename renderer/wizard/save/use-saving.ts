import { useState } from 'react'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { valueOf } from '../../state/remote.ts'
import { useActions, useDeed, useRequest } from '../../state/use-attune.ts'

export type Saving = ReturnType<typeof useSaving>

/**
 * A name for what was found, what will be written under it, and the writing.
 *
 * @param isPossible whether a model can hold it; until that is known nothing is asked.
 */
export function useSaving(study: Study, configuration: Configuration, isPossible: boolean) {
  const { register } = useActions()
  const { id } = study
  const [typed, setTyped] = useState<string | null>(null)
  // After every registration the next free name is another one.
  const suggestion = useRequest(isPossible ? `${id} ${study.certificates.length}` : null, (api) =>
    api['save.suggestName']({ id }),
  )
  const shown = typed ?? valueOf(suggestion.answer)?.name ?? ''
  const name = shown.trim()
  const isNamed = isPossible && name !== ''
  const preview = useRequest(isNamed ? `${name} ${study.updatedAt} ${JSON.stringify(configuration)}` : null, (api) =>
    api['save.preview']({ id, name, configuration }),
  )
  const problem = valueOf(preview.answer)?.nameProblem ?? null
  const deed = useDeed(async () => {
    await register({ id, name, configuration })
    setTyped(null)
  })
  // Only what has been shown as it will be written may be written.
  const isPreviewed = preview.answer.kind === 'ready' && !preview.answer.isRefreshing
  const isAccepted = isNamed && problem === null && isPreviewed
  return { shown, setTyped, name, suggestion, preview, problem, deed, isAccepted }
}
