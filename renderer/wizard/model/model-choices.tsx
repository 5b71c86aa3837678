import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { LocalModel } from '../../../preload/contract/model.ts'
import type { RouteOutput } from '../../../preload/contract/routes.ts'
import { isSameModel } from '../../state/draft.ts'
import { useActions, useDeed } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Choice, ChoiceGroup } from '../../ui/parts/choice.tsx'
import { ErrorNotice, Notice } from '../../ui/parts/notice.tsx'
import { FitBadge } from './fit-badge.tsx'

/** From so many models on, a search field helps more than it costs. */
const filterFrom = 9

interface ModelChoicesProps {
  list: RouteOutput<'model.list'>
  selected: LocalModel | null
}

/** The local models of both daemons, and word of a daemon that could not be asked. */
export function ModelChoices({ list, selected }: ModelChoicesProps) {
  const { words } = useText()
  const { refreshModels } = useActions()
  const [filter, setFilter] = useState('')
  const shown = list.models.filter((model) => model.ref.name.toLowerCase().includes(filter.trim().toLowerCase()))
  const hasOllama = list.models.some((model) => model.ref.daemon === 'ollama')
  return (
    <>
      {list.problems.map((problem) => (
        <ErrorNotice key={problem.message} error={problem} onRetry={() => void refreshModels()} />
      ))}
      {!hasOllama && list.problems.length === 0 && <NoOllamaModels />}
      {list.models.length >= filterFrom && (
        <TextInput
          label={words.model.filter}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      )}
      <ChoiceGroup legend={words.model.choices} layout="list" isLegendHidden>
        {shown.map((model) => (
          <ModelChoice
            key={`${model.ref.daemon} ${model.ref.name}`}
            model={model}
            isSelected={selected !== null && isSameModel(selected.ref, model.ref)}
          />
        ))}
      </ChoiceGroup>
      {shown.length === 0 && <Notice kind="info" message={words.model.noneFound} />}
    </>
  )
}

function ModelChoice({ model, isSelected }: { model: LocalModel; isSelected: boolean }) {
  const { words } = useText()
  const { changeDraft } = useActions()
  return (
    <Choice
      name="model"
      title={model.isPractice ? words.model.practice : model.ref.name}
      detail={words.model.facts(model)}
      isChecked={isSelected}
      isDisabled={model.fit === 'tooBig'}
      onChoose={() => changeDraft({ model: model.ref })}
    >
      <FitBadge model={model} />
    </Choice>
  )
}

function NoOllamaModels() {
  const { words } = useText()
  const open = useDeed((api) => api['app.openLink']({ link: 'ollamaLibrary' }))
  return (
    <>
      <Notice
        kind="info"
        message={words.model.noOllamaModels}
        action={
          <Button variant="default" size="sm" onClick={open.run}>
            {words.model.openLibrary}
          </Button>
        }
      />
      {open.error && <ErrorNotice error={open.error} />}
    </>
  )
}
