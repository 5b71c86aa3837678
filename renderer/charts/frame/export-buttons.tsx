import { Button } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../../text/use-text.ts'
import { download } from '../../ui/browser/download.ts'
import { styleNonce } from '../../ui/browser/nonce.ts'
import { usePalette } from '../../ui/theme/use-palette.ts'
import { csvOf, type ChartTable } from './chart-table.ts'
import classes from './chart.module.css'
import { loadPlotly } from './load-plotly.ts'
import { pngOf, svgOf } from './picture.ts'
import type { Drawing } from './plot.tsx'

interface ExportButtonsProps {
  /** Beginning of the files' names. */
  name: string
  title: string
  drawing: Drawing
  table: ChartTable
}

const formats = ['PNG', 'SVG', 'CSV'] as const
type Format = (typeof formats)[number]

/** Saves a picture, or the figures behind it, as a file. */
export function ExportButtons({ name, title, drawing, table }: ExportButtonsProps) {
  const { words } = useText()
  const colors = usePalette()
  const [hasFailed, setFailed] = useState(false)
  const fileFor = async (format: Format): Promise<Blob> => {
    if (format === 'CSV') return new Blob([csvOf(table)], { type: 'text/csv' })
    const svg = await svgOf(await loadPlotly(document, styleNonce(document)), drawing, title, colors)
    return format === 'PNG' ? pngOf(svg, document) : new Blob([svg], { type: 'image/svg+xml' })
  }
  const save = (format: Format) => {
    setFailed(false)
    fileFor(format).then(
      (blob) => download(`attune-${name}.${format.toLowerCase()}`, blob),
      () => setFailed(true),
    )
  }
  return (
    <div className={classes.exports}>
      <output>{hasFailed && words.charts.notSaved}</output>
      {formats.map((format) => (
        <Button
          key={format}
          variant="subtle"
          size="compact-sm"
          color="gray"
          className={classes.export ?? ''}
          aria-label={words.charts.saveAs(format, title)}
          onClick={() => save(format)}
        >
          {format}
        </Button>
      ))}
    </div>
  )
}
