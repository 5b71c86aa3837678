import { Button } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useState } from 'react'
import { useText } from '../../text/use-text.ts'
import { notificationLeave } from '../../ui/browser/notification.ts'

/**
 * Offers to tell when the study is done. The browser is asked only now that there is something to wait for; the
 * program with a window of its own tells without asking.
 */
export function EndNoticeOffer() {
  const { words } = useText()
  const [leave, setLeave] = useState(() => (window.attune === undefined ? notificationLeave(window) : 'granted'))
  const ask = () => {
    Notification.requestPermission().then(
      () => setLeave(notificationLeave(window)),
      () => setLeave('refused'),
    )
  }
  return (
    <div>
      {leave === 'unknown' && (
        <Button
          variant="subtle"
          size="compact-md"
          ml="-0.5rem"
          leftSection={<IconBell size={18} aria-hidden />}
          onClick={ask}
        >
          {words.run.tellMe}
        </Button>
      )}
      <output>{leave === 'granted' && words.run.willTell}</output>
    </div>
  )
}
