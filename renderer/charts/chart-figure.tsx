import type { ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { Disclosure } from '../ui/parts/disclosure.tsx'
import classes from './chart.module.css'

interface ChartFigureProps {
  /** What the chart shows, best as a finding. */
  title: string
  /** The same in words, for those who do not see it. */
  summary: string
  /** The figures behind it. */
  table: ReactNode
  children: ReactNode
}

/** A chart with everything that makes it more than a picture. */
export function ChartFigure({ title, summary, table, children }: ChartFigureProps) {
  const { words } = useText()
  return (
    <figure className={classes.figure}>
      <figcaption>
        <p className={classes.title}>{title}</p>
        <p className={classes.summary}>{summary}</p>
      </figcaption>
      {children}
      <Disclosure label={words.charts.asTable}>{table}</Disclosure>
    </figure>
  )
}
