import { Button, Group, NumberInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { RemoteComputer } from '../../../preload/contract/goal.ts'
import { useActions, useDeed } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { ErrorNotice } from '../../ui/parts/notice.tsx'
import classes from './daemon-panels.module.css'

type Field = number | string

const mebibytesPerGigabyte = 1024
const gigabytesOf = (mebibytes: number | undefined): Field =>
  mebibytes === undefined ? '' : mebibytes / mebibytesPerGigabyte

/** What the user knows of the computer that Ollama runs on, where that is not this one. Empty fields are not told. */
export function RemoteComputerForm({ known }: { known: RemoteComputer }) {
  const { words } = useText()
  const { changeSettings } = useActions()
  const [cores, setCores] = useState<Field>(known.cores ?? '')
  const [memory, setMemory] = useState(gigabytesOf(known.memoryMiB))
  const [graphics, setGraphics] = useState(gigabytesOf(known.vramMiB))
  const save = useDeed(() =>
    changeSettings({
      remoteComputer: {
        ...(cores === '' ? {} : { cores: Number(cores) }),
        ...(memory === '' ? {} : { memoryMiB: Math.round(Number(memory) * mebibytesPerGigabyte) }),
        ...(graphics === '' ? {} : { vramMiB: Math.round(Number(graphics) * mebibytesPerGigabyte) }),
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.run()
  }
  const { remote } = words.computer
  return (
    <form className={classes.remote} onSubmit={submit}>
      <p className={classes.remoteLead}>{remote.lead}</p>
      <Group align="flex-end">
        <NumberInput label={remote.cores} min={1} max={1024} allowDecimal={false} value={cores} onChange={setCores} />
        <NumberInput label={remote.memory} min={0.25} value={memory} onChange={setMemory} />
        <NumberInput label={remote.graphics} min={0} value={graphics} onChange={setGraphics} />
        <Button type="submit" variant="default" disabled={save.isRunning}>
          {remote.save}
        </Button>
      </Group>
      {save.error && <ErrorNotice error={save.error} />}
    </form>
  )
}
