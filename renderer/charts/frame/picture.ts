import type { Palette } from '../../ui/theme/theme.ts'
import type { PlotlyApi } from './load-plotly.ts'
import type { Drawing } from './plot.tsx'

/** Size of a saved picture, in pixels of the drawing; a PNG has `pngScale` times as many each way. */
const size = { width: 960, height: 540 }
const pngScale = 2
const titleMargin = 64

/** The drawing with its title on the page's own ground, as the text of an SVG file. */
export async function svgOf(plotly: PlotlyApi, drawing: Drawing, title: string, colors: Palette): Promise<string> {
  const { data, layout } = drawing
  const framed = {
    ...layout,
    title: { text: title, x: 0.02, xanchor: 'left' as const, font: { color: colors.text, size: 18 } },
    margin: { l: 16, r: 24, b: 16, t: titleMargin },
    paper_bgcolor: colors.surface,
  }
  // plotly answers with a data address if it is not asked for the bare text.
  const options = { format: 'svg' as const, ...size, imageDataOnly: true }
  return plotly.toImage({ data, layout: framed, config: { displaylogo: false } }, options)
}

/** The text of an SVG file as a PNG file. Rejects where the browser cannot draw it. */
export async function pngOf(svg: string, document: Document): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = size.width * pngScale
    canvas.height = size.height * pngScale
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture is empty')) : resolve(blob))),
    )
  } finally {
    URL.revokeObjectURL(url)
  }
}
