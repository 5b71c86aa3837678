import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useState } from 'react'
import { useActions, useAttune } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import classes from './connection-lost.module.css'

/**
 * Word of a lost connection: what happened, what it means, what to do. The connection is tried again meanwhile, so the
 * panel goes by itself, and whoever does not see it is told of both.
 */
export function ConnectionLost() {
  const { words } = useText()
  const connection = useAttune((state) => state.connection)
  const lostAt = useAttune((state) => state.lostAt)
  const connectionCount = useAttune((state) => state.connectionCount)
  const isBack = connection === 'online' && connectionCount > 1
  return (
    <>
      {lostAt !== null && <LostPanel lostAt={lostAt} />}
      <output className="visually-hidden">
        {lostAt !== null && words.lost.heading}
        {isBack && words.lost.back}
      </output>
    </>
  )
}

function LostPanel({ lostAt }: { lostAt: number }) {
  const { words, format } = useText()
  const { reconnect } = useActions()
  const [wasInVain, setInVain] = useState(false)
  const tryNow = () => {
    setInVain(false)
    void reconnect().then((isBack) => setInVain(!isBack))
  }
  return (
    <section className={classes.panel} aria-labelledby="connection-lost">
      <IconPlugConnectedX className={classes.icon} size={36} stroke={1.5} aria-hidden />
      <div className={classes.text}>
        <h2 id="connection-lost" className={classes.heading}>
          {words.lost.heading}
        </h2>
        <p>{words.lost.meaning(format.time(lostAt))}</p>
        <p>{words.lost.remedy}</p>
        <div className={classes.foot}>
          <Button onClick={tryNow}>{words.lost.tryNow}</Button>
          <output>{wasInVain ? words.lost.inVain : words.lost.waiting}</output>
        </div>
      </div>
    </section>
  )
}
