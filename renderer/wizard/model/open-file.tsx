import { Button, Group, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useActions, useDeed } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Disclosure } from '../../ui/parts/disclosure.tsx'
import { ErrorNotice } from '../../ui/parts/notice.tsx'

/** Gives a GGUF file from disk to the built-in engine; the file stays where it is. */
export function OpenFile() {
  const { words } = useText()
  const { openModelFile } = useActions()
  const [path, setPath] = useState('')
  const open = useDeed(async () => {
    await openModelFile(path.trim())
    setPath('')
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    open.run()
  }
  return (
    <Disclosure label={words.model.openFile}>
      <form onSubmit={submit}>
        <Group align="flex-end" mt="xs">
          <TextInput
            flex="1 1 16rem"
            label={words.model.filePath}
            description={words.model.filePathHint}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={path.trim() === '' || open.isRunning}>
            {words.model.open}
          </Button>
        </Group>
      </form>
      {open.error && <ErrorNotice error={open.error} />}
    </Disclosure>
  )
}
