import { Button, Group, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useActions, useDeed } from '../state/use-attune.ts'
import { useText } from '../text/use-text.ts'
import { ErrorNotice } from '../ui/parts/notice.tsx'

/** Where Ollama listens; empty means the usual place. */
export function AddressForm({ known }: { known: string | null }) {
  const { words } = useText()
  const { changeSettings } = useActions()
  const [address, setAddress] = useState(known ?? '')
  const save = useDeed(() => changeSettings({ ollamaUrl: address.trim() === '' ? null : address.trim() }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.run()
  }
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <TextInput
          flex="1 1 16rem"
          maw="32rem"
          label={words.settings.address}
          description={words.settings.addressHint}
          placeholder={words.settings.addressExample}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={save.isRunning || address.trim() === (known ?? '')}>
          {words.settings.saveAddress}
        </Button>
      </Group>
      {save.error && <ErrorNotice error={save.error} />}
    </form>
  )
}
