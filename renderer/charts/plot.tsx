import type { Config, Data, Layout } from 'plotly.js-basic-dist-min'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../text/use-text.ts'
import { styleNonce } from '../ui/browser/nonce.ts'
import classes from './chart.module.css'
import { loadPlotly, type PlotlyApi } from './load-plotly.ts'

interface PlotProps {
  data: Data[]
  layout: Partial<Layout>
}

const config: Partial<Config> = { displayModeBar: false, displaylogo: false, responsive: true, doubleClick: false }

/** A plotly drawing. It has no words for screen readers of its own: `ChartFigure` around it has. */
export function Plot({ data, layout }: PlotProps) {
  const { words } = useText()
  const element = useRef<HTMLDivElement>(null)
  const [plotly, setPlotly] = useState<PlotlyApi | 'failed' | null>(null)

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
    if (plotly === null || plotly === 'failed' || element.current === null) return
    void plotly.react(element.current, data, layout, config)
  }, [plotly, data, layout])

  useEffect(() => {
    const drawn = element.current
    if (plotly === null || plotly === 'failed' || drawn === null) return
    return () => plotly.purge(drawn)
  }, [plotly])

  if (plotly === 'failed') return <p className={classes.failed}>{words.charts.failed}</p>
  return <div ref={element} className={classes.plot} aria-hidden />
}
