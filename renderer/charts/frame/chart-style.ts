import type { ErrorBar, Layout, LayoutAxis } from 'plotly.js-basic-dist-min'
import type { Estimate } from '../../../preload/contract/estimate.ts'
import type { Palette } from '../../ui/theme/theme.ts'

/** An axis with its name; it cannot be zoomed. */
export function baseAxis(colors: Palette, title: string): Partial<LayoutAxis> {
  return {
    title: { text: title, standoff: 8 },
    gridcolor: colors.line,
    linecolor: colors.line,
    zeroline: false,
    automargin: true,
    fixedrange: true,
  }
}

/** What all charts have in common: the page's own type, no legend, no zooming that traps the scroll wheel. */
export function baseLayout(colors: Palette): Partial<Layout> {
  return {
    font: { family: 'system-ui, sans-serif', size: 13, color: colors.muted },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    margin: { l: 8, r: 16, t: 8, b: 8 },
    showlegend: false,
    hovermode: 'closest',
    hoverlabel: { bgcolor: colors.surface, bordercolor: colors.line, font: { color: colors.text }, align: 'left' },
    dragmode: false,
  }
}

/** The intervals of estimates, each around its own point; none where something was measured once. */
export function intervalBars(estimates: readonly Estimate[], colors: Palette): ErrorBar {
  return {
    type: 'data',
    symmetric: false,
    array: estimates.map(({ mean, interval }) => (interval === null ? 0 : interval.high - mean)),
    arrayminus: estimates.map(({ mean, interval }) => (interval === null ? 0 : mean - interval.low)),
    color: colors.muted,
    thickness: 1,
    width: 3,
  }
}
