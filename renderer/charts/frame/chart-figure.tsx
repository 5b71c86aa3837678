import { useMemo, type ReactNode } from 'react'
import { useText } from '../../text/use-text.ts'
import { DataTable } from '../../ui/parts/data-table.tsx'
import { Disclosure } from '../../ui/parts/disclosure.tsx'
import { shownCell, type ChartTable } from './chart-table.ts'
import classes from './chart.module.css'
import { ExportButtons } from './export-buttons.tsx'
import { Plot, type Drawing } from './plot.tsx'

interface ChartFigureProps {
  /** Beginning of the names of saved files. */
  name: string
  /** What the chart shows, best as a finding. */
  title: string
  /** The same in words, for those who do not see it. */
  summary: string
  /** The figures behind it. */
  table: ChartTable
  drawing: Drawing
  /** Height of the drawing, rem. */
  heightRem?: number
  /** Whether data still come, so that its words may need more or fewer lines. */
  isLive?: boolean
  /** Told of the number that a point carries as `customdata` when it is clicked. */
  onPick?: (index: number) => void
  /** What the drawing can be switched between. */
  controls?: ReactNode
  /** What belongs to the drawing and follows it. */
  children?: ReactNode
}

/** A chart with everything that makes it more than a picture: its finding, its figures, and files of both. */
export function ChartFigure(props: ChartFigureProps) {
  const { name, title, summary, table, drawing, heightRem = 19, isLive = false, onPick, controls, children } = props
  const { words, format } = useText()
  const inLanguage = useMemo(
    () => ({ ...drawing, layout: { ...drawing.layout, separators: format.separators } }),
    [drawing, format],
  )
  return (
    <figure className={`${classes.figure} ${isLive ? classes.isLive : ''}`}>
      <figcaption>
        <p className={classes.title}>{title}</p>
        <p className={classes.summary}>{summary}</p>
      </figcaption>
      {controls}
      <Plot drawing={inLanguage} heightRem={heightRem} {...(onPick && { onPick })} />
      {children}
      <div className={classes.foot}>
        <Disclosure label={words.charts.asTable}>
          <DataTable
            caption={title}
            columns={table.columns.map((column) => column.name)}
            rows={table.rows.map((row) => ({ ...row, cells: row.cells.map(shownCell) }))}
          />
        </Disclosure>
        <ExportButtons name={name} title={title} drawing={inLanguage} table={table} />
      </div>
    </figure>
  )
}
