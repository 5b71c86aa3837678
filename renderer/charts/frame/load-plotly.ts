import type Plotly from 'plotly.js-basic-dist-min'

export type PlotlyApi = typeof Plotly

const styleId = 'plotly.js-style-global'

/** Fetches plotly when the first chart is drawn; the browser keeps it for the next. */
export async function loadPlotly(document: Document, nonce: string): Promise<PlotlyApi> {
  admitStyle(document, nonce)
  const { default: plotly } = await import('plotly.js-basic-dist-min')
  return plotly
}

/**
 * plotly adds its rules to a style element of its own making, which the page's policy forbids. It uses one of that
 * id if there is one already, so it is given one that carries the nonce.
 */
function admitStyle(document: Document, nonce: string): void {
  if (document.getElementById(styleId) !== null) return
  const style = document.createElement('style')
  style.id = styleId
  style.nonce = nonce
  document.head.append(style)
}
