import { Button } from '@mantine/core'
import { useState } from 'react'
import type { StudySummary } from '../../preload/contract/study.ts'
import { useActions, useAttune, useDeed, useRequest } from '../state/use-attune.ts'
import { useText } from '../text/use-text.ts'
import { Confirm } from '../ui/parts/confirm.tsx'
import { useFocusHeading } from '../ui/browser/focus-heading.ts'
import { ErrorNotice } from '../ui/parts/notice.tsx'
import { RemoteView } from '../ui/layout/remote-view.tsx'
import { Step } from '../ui/layout/step.tsx'
import { EmptyLibrary } from './empty-library.tsx'
import { HistorySection } from './history-section.tsx'
import { StudyList } from './study-list.tsx'

/** Past studies: open one, compare two, delete. */
export function LibraryPage() {
  const { words, format } = useText()
  const { goTo } = useActions()
  useFocusHeading('library')
  const activeStudyId = useAttune((state) => state.activeStudyId)
  const { answer, retry } = useRequest(`library ${activeStudyId ?? ''}`, (api) => api['study.list']({}))
  const [marked, setMarked] = useState<readonly string[]>([])
  const [doomed, setDoomed] = useState<StudySummary | null>(null)
  const remove = useDeed(async (api, id: string) => {
    await api['study.delete']({ id })
    setMarked((ids) => ids.filter((other) => other !== id))
    retry()
  })
  const [left, right] = marked
  const canCompare = left !== undefined && right !== undefined
  const toggle = (id: string) =>
    setMarked((ids) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id].slice(-2)))
  return (
    <Step heading={words.library.heading} lead={words.library.lead}>
      {remove.error && <ErrorNotice error={remove.error} />}
      <RemoteView remote={answer} onRetry={retry} placeholderRem={20}>
        {(studies) =>
          studies.length === 0 ? (
            <EmptyLibrary />
          ) : (
            <>
              <div>
                <Button
                  variant="default"
                  disabled={!canCompare}
                  onClick={() => canCompare && goTo({ page: 'compare', left, right })}
                >
                  {words.library.compare(marked.length)}
                </Button>
              </div>
              <StudyList studies={studies} marked={marked} onToggle={toggle} onDelete={setDoomed} />
              <HistorySection studies={studies} />
            </>
          )
        }
      </RemoteView>
      {doomed !== null && (
        <Confirm
          title={words.library.deleteTitle}
          message={words.library.deleteMessage(doomed.model.name, format.dateTime(doomed.createdAt))}
          confirmLabel={words.library.deleteConfirm}
          isDanger
          onConfirm={() => {
            remove.run(doomed.id)
            setDoomed(null)
          }}
          onCancel={() => setDoomed(null)}
        />
      )}
    </Step>
  )
}
