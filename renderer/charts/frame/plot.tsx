import type { Config, Data, Layout, PlotlyHTMLElement } from 'plotly.js-basic-dist-min'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../../text/use-text.ts'
import { styleNonce } from '../../ui/browser/nonce.ts'
import classes from './chart.module.css'
import { loadPlotly, type PlotlyApi } from './load-plotly.ts'

/** plotly's description of a picture. */
export interface Drawing {
  data: Data[]
  layout: Partial<Layout>
}

interface PlotProps {
  drawing: Drawing
  heightRem: number
  onPick?: (index: number) => void
}

const config: Partial<Config> = { displayModeBar: false, displaylogo: false, responsive: true, doubleClick: false }

/** However fast data comes, the window stays free to answer in between. */
const leastMillisecondsBetween = 250

/** A plotly drawing. It has no words for screen readers of its own: `ChartFigure` around it has. */
export function Plot({ drawing: { data, layout }, heightRem, onPick }: PlotProps) {
  const { words } = useText()
  const element = useRef<HTMLDivElement>(null)
  const pick = useRef(onPick)
  const lastDrawn = useRef(-Infinity)
  const [plotly, setPlotly] = useState<PlotlyApi | 'failed' | null>(null)

  useEffect(() => {
    pick.current = onPick
  }, [onPick])

  useEffect(() => {
    let isMounted = true
    loadPlotly(document, styleNonce(document)).then(
      (loaded) => isMounted && setPlotly(() => loaded),
      () => isMounted && setPlotly('failed'),
    )
    return () => {
      isMounted = false
    }
  }, [])

  useEffect(() => {
    const drawn = element.current
    if (plotly === null || plotly === 'failed' || drawn === null) return
    const draw = () => {
      lastDrawn.current = performance.now()
      void plotly.react(drawn, data, layout, config)
    }
    const wait = lastDrawn.current + leastMillisecondsBetween - performance.now()
    if (wait <= 0) return draw()
    const timer = setTimeout(draw, wait)
    return () => clearTimeout(timer)
  }, [plotly, data, layout])

  useEffect(() => {
    const drawn = element.current
    if (plotly === null || plotly === 'failed' || drawn === null) return
    onClick(drawn, (index) => pick.current?.(index))
    return () => {
      plotly.purge(drawn)
      lastDrawn.current = -Infinity
    }
  }, [plotly])

  if (plotly === 'failed') return <p className={classes.failed}>{words.charts.failed}</p>
  return <div ref={element} className={classes.plot} style={{ height: `${heightRem}rem` }} aria-hidden />
}

/** plotly has put its own listeners on an element by the time it has drawn into it. */
function onClick(drawn: HTMLDivElement, told: (index: number) => void): void {
  const plot = drawn as unknown as PlotlyHTMLElement
  plot.on('plotly_click', ({ points }) => {
    const index = points[0]?.customdata
    if (typeof index === 'number') told(index)
  })
}
