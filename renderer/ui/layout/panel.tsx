import { Title } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import classes from './panel.module.css'

/** A raised surface for things that belong together. */
export function Panel({ children }: { children: ReactNode }) {
  return <div className={classes.panel}>{children}</div>
}

/** A titled part of a screen. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      {children}
    </section>
  )
}

export function Tiles({ children }: { children: ReactNode }) {
  return <div className={classes.tiles}>{children}</div>
}

interface TileProps {
  label: string
  value: ReactNode
  detail?: ReactNode
  icon?: Icon
}

/** One fact: what it is, its value large, and what else there is to say. */
export function Tile({ label, value, detail, icon: TileIcon }: TileProps) {
  return (
    <div className={`${classes.panel} ${classes.tile}`}>
      <div className={classes.label}>
        {TileIcon && <TileIcon size={18} stroke={1.75} aria-hidden />}
        {label}
      </div>
      <div className={classes.value}>{value}</div>
      {detail !== undefined && <div className={classes.detail}>{detail}</div>}
    </div>
  )
}
