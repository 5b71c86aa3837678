import { Button } from '@mantine/core'
import { useActions } from '../state/use-attune.ts'
import { useText } from '../text/use-text.ts'
import { Mark } from '../ui/theme/mark.tsx'
import classes from './library.module.css'

export function EmptyLibrary() {
  const { words } = useText()
  const { goTo } = useActions()
  return (
    <div className={classes.empty}>
      <Mark size={56} />
      <p>{words.library.empty}</p>
      <Button onClick={() => goTo({ page: 'new', step: 'computer' })}>{words.library.start}</Button>
    </div>
  )
}
