import { Button, FileButton, Group, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useActions, useDeed, usePathOf } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Disclosure } from '../../ui/parts/disclosure.tsx'
import { ErrorNotice } from '../../ui/parts/notice.tsx'

/** Gives a GGUF file from disk to the built-in engine; the file stays where it is. */
export function OpenFile() {
  const { words } = useText()
  const { openModelFile } = useActions()
  const pathOf = usePathOf()
  const open = useDeed((_, path: string) => openModelFile(path))
  return (
    <Disclosure label={words.model.openFile}>
      {pathOf === null ? (
        <PathForm isBusy={open.isRunning} onOpen={open.run} />
      ) : (
        <FileChooser isBusy={open.isRunning} onChoose={(file) => open.run(pathOf(file))} />
      )}
      {open.error && <ErrorNotice error={open.error} />}
    </Disclosure>
  )
}

/** For a browser, which does not tell where a chosen file lies. */
function PathForm({ isBusy, onOpen }: { isBusy: boolean; onOpen: (path: string) => void }) {
  const { words } = useText()
  const [path, setPath] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onOpen(path.trim())
  }
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" mt="xs">
        <TextInput
          flex="1 1 16rem"
          label={words.model.filePath}
          description={words.model.filePathHint}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={path.trim() === '' || isBusy}>
          {words.model.open}
        </Button>
      </Group>
    </form>
  )
}

/** Opens the system's own dialog. */
function FileChooser({ isBusy, onChoose }: { isBusy: boolean; onChoose: (file: File) => void }) {
  const { words } = useText()
  return (
    <Group mt="xs">
      <FileButton accept=".gguf" onChange={(file) => file && onChoose(file)}>
        {(props) => (
          <Button variant="default" disabled={isBusy} {...props}>
            {words.model.chooseFile}
          </Button>
        )}
      </FileButton>
      <span>
        {words.model.filePathHint} {words.model.dropHint}
      </span>
    </Group>
  )
}
