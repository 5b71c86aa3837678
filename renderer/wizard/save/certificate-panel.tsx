import { Button } from '@mantine/core'
import { IconArrowBackUp, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { Certificate, Study } from '../../../preload/contract/study.ts'
import { useActions, useDeed } from '../../state/use-attune.ts'
import { intervalText } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { ErrorNotice } from '../../ui/parts/notice.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import { HowToRun } from './how-to-run.tsx'
import classes from './save.module.css'

/** Proof of a saved tag: what was promised, what was measured of the tag itself, how to run it, how to undo it. */
export function CertificatePanel({ study, certificate }: { study: Study; certificate: Certificate }) {
  const { words } = useText()
  const isUndone = certificate.undoneAt !== null
  return (
    <Panel>
      <div className={classes.certificate}>
        <CertificateHead certificate={certificate} />
        {!isUndone && <PromiseFigures certificate={certificate} />}
        {!isUndone && <HowToRun tag={certificate.tag} daemon={study.daemon} />}
        {!isUndone && <Undo id={study.id} tag={certificate.tag} />}
      </div>
      {isUndone && <p className={classes.detail}>{words.save.undone}</p>}
    </Panel>
  )
}

function CertificateHead({ certificate }: { certificate: Certificate }) {
  const { words } = useText()
  const { promiseKept, undoneAt, tag } = certificate
  const Icon = promiseKept === true && undoneAt === null ? IconCircleCheck : IconInfoCircle
  return (
    <div className={classes.head}>
      <Icon size={26} stroke={1.75} className={classes.headIcon} aria-hidden />
      <div>
        <h2 className={classes.tag}>{tag}</h2>
        {undoneAt === null && <p className={classes.detail}>{words.save.promise(promiseKept)}</p>}
      </div>
    </div>
  )
}

function PromiseFigures({ certificate }: { certificate: Certificate }) {
  const { words } = useText()
  const { promised, measured } = certificate
  const rows = [
    { quantity: words.metrics.turn, promised: promised.turnSeconds, measured: measured?.turnSeconds },
    {
      quantity: words.metrics.decode,
      promised: promised.decodeTokensPerSecond,
      measured: measured?.decodeTokensPerSecond,
    },
  ]
  return (
    <table className={classes.figures}>
      <thead>
        <tr>
          <th scope="col">{words.result.figure}</th>
          <th scope="col">{words.save.promised}</th>
          <th scope="col">{words.save.measured}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.quantity.name}>
            <th scope="row">{row.quantity.name}</th>
            <td>{row.quantity.of(row.promised)}</td>
            <td>
              {row.measured ? row.quantity.of(row.measured.mean) : words.save.notMeasured}
              {row.measured && <div className={classes.detail}>{intervalText(row.measured, row.quantity)}</div>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Undo({ id, tag }: { id: string; tag: string }) {
  const { words } = useText()
  const { undo } = useActions()
  const deed = useDeed(() => undo({ id, name: tag }))
  return (
    <div>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        onClick={deed.run}
        disabled={deed.isRunning}
      >
        {words.save.undo(tag)}
      </Button>
      {deed.error && <ErrorNotice error={deed.error} onRetry={deed.run} />}
    </div>
  )
}
