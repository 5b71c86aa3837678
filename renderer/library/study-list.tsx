import { Button, Checkbox } from '@mantine/core'
import type { StudySummary } from '../../preload/contract/study.ts'
import { formatLocation } from '../state/location.ts'
import { useText } from '../text/use-text.ts'
import classes from './library.module.css'

interface StudyListProps {
  studies: readonly StudySummary[]
  /** Ids of the studies marked for comparison. */
  marked: readonly string[]
  onToggle: (id: string) => void
  onDelete: (study: StudySummary) => void
}

export function StudyList({ studies, marked, onToggle, onDelete }: StudyListProps) {
  return (
    <ul className={classes.list}>
      {studies.map((study) => (
        <StudyItem
          key={study.id}
          study={study}
          isMarked={marked.includes(study.id)}
          onToggle={() => onToggle(study.id)}
          onDelete={() => onDelete(study)}
        />
      ))}
    </ul>
  )
}

interface StudyItemProps {
  study: StudySummary
  isMarked: boolean
  onToggle: () => void
  onDelete: () => void
}

function StudyItem({ study, isMarked, onToggle, onDelete }: StudyItemProps) {
  const { words, format } = useText()
  const name = study.model.name
  const when = format.dateTime(study.createdAt)
  const isActive = study.state === 'running' || study.state === 'paused'
  return (
    <li className={classes.item}>
      <Checkbox
        checked={isMarked}
        onChange={onToggle}
        disabled={study.verdict === null}
        aria-label={words.library.mark(name, when)}
      />
      <div className={classes.what}>
        <a className={classes.open} href={formatLocation({ page: 'study', id: study.id, step: null })}>
          {name}
        </a>
        <div className={classes.detail}>
          {words.library.detail(words.goals[study.goal].name, when, study.trialCount)}
        </div>
        {study.tags.length > 0 && <div className={classes.detail}>{words.library.savedAs(study.tags)}</div>}
      </div>
      <div className={`${classes.verdict} ${study.verdict?.kind === 'improved' ? classes.isImproved : ''}`}>
        {study.verdict === null ? words.library.states[study.state] : words.library.verdict(study.verdict)}
      </div>
      <Button
        variant="subtle"
        size="compact-md"
        color="gray"
        className={classes.delete ?? ''}
        aria-label={words.library.deleteOne(name, when)}
        onClick={onDelete}
        disabled={isActive}
      >
        {words.library.delete}
      </Button>
    </li>
  )
}
