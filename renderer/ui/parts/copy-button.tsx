import { Button } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useText } from '../../text/use-text.ts'

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text }: { text: string }) {
  const { words } = useText()
  const [copied, setCopied] = useState<string | null>(null)
  const isCopied = copied === text
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      // A browser that forbids it leaves the text selectable, which is all that is needed.
      () => setCopied(null),
    )
  }
  return (
    <>
      <Button
        variant="default"
        size="sm"
        leftSection={isCopied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        onClick={copy}
      >
        {isCopied ? words.actions.copied : words.actions.copy}
      </Button>
      <output className="visually-hidden">{isCopied ? words.actions.copied : ''}</output>
    </>
  )
}
