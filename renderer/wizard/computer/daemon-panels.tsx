import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DaemonStatus } from '../../../preload/contract/daemon.ts'
import { useActions, useDeed } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { ErrorNotice } from '../../ui/parts/notice.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import classes from './daemon-panels.module.css'

interface DaemonPanelsProps {
  ollama: DaemonStatus
  builtIn: DaemonStatus
  /** What else there is to say of Ollama. */
  children?: ReactNode
}

/** The programs that can run models here: the user's Ollama, and Attune's own engine, which is always there. */
export function DaemonPanels({ ollama, builtIn, children }: DaemonPanelsProps) {
  const { words } = useText()
  return (
    <div className={classes.daemons} data-in-order>
      <OllamaPanel status={ollama}>{children}</OllamaPanel>
      <DaemonPanel
        tone={builtIn.problem === null ? 'running' : 'troubled'}
        name={words.computer.builtIn}
        detail={
          builtIn.problem === null
            ? words.computer.builtInDetail(ollama.state === 'running')
            : `${builtIn.problem.message} ${builtIn.problem.hint}`
        }
      />
    </div>
  )
}

function OllamaPanel({ status, children }: { status: DaemonStatus; children: ReactNode }) {
  const { words } = useText()
  const tone = status.state === 'running' ? 'running' : status.state === 'unreachable' ? 'troubled' : 'off'
  return (
    <DaemonPanel
      tone={tone}
      name={words.computer.ollama[status.state]}
      detail={words.computer.ollamaDetail(status)}
      action={<OllamaAction status={status} />}
    >
      {children}
    </DaemonPanel>
  )
}

/** The one thing to do about Ollama in its present state. */
function OllamaAction({ status }: { status: DaemonStatus }) {
  const { words } = useText()
  const { startOllama, refreshDaemons, refreshModels } = useActions()
  const start = useDeed(() => startOllama())
  const openDownload = useDeed((api) => api['app.openLink']({ link: 'ollamaDownload' }))
  const check = useDeed(() => Promise.all([refreshDaemons(), refreshModels()]))
  const checkAgain = (
    <Button variant="default" size="sm" onClick={check.run} disabled={check.isRunning}>
      {words.computer.checkAgain}
    </Button>
  )
  switch (status.state) {
    case 'running':
      return null
    case 'stopped':
      return (
        <>
          <Button size="sm" onClick={start.run} disabled={start.isRunning}>
            {start.isRunning ? words.computer.startingOllama : words.computer.startOllama}
          </Button>
          {start.error && <ErrorNotice error={start.error} />}
        </>
      )
    case 'missing':
      return (
        <>
          <Button variant="default" size="sm" onClick={openDownload.run}>
            {words.computer.installOllama}
          </Button>
          {checkAgain}
          {openDownload.error && <ErrorNotice error={openDownload.error} />}
        </>
      )
    case 'unreachable':
      return checkAgain
  }
}

interface DaemonPanelProps {
  tone: 'running' | 'off' | 'troubled'
  name: string
  detail: string
  action?: ReactNode
  /** Below it all. */
  children?: ReactNode
}

function DaemonPanel({ tone, name, detail, action, children }: DaemonPanelProps) {
  const toneClass = { running: classes.isRunning, off: '', troubled: classes.isTroubled }[tone]
  return (
    <Panel>
      <div className={classes.daemon}>
        <span className={`${classes.state} ${toneClass}`} aria-hidden />
        <div className={classes.text}>
          <div className={classes.name}>{name}</div>
          <div className={classes.detail}>{detail}</div>
        </div>
        {action}
      </div>
      {children}
    </Panel>
  )
}
