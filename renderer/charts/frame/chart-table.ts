/** A figure as people read it, with the bare number behind it for programs. */
export interface FigureCell {
  shown: string
  value: number
}

export type ChartCell = string | number | FigureCell

/** The figures behind a picture: shown as a table and saved as CSV. */
export interface ChartTable {
  /** `unit`: that of the bare numbers, where there is one. */
  columns: readonly { name: string; unit?: string }[]
  rows: readonly { key: string; cells: readonly ChartCell[]; isMarked?: boolean }[]
}

export function shownCell(cell: ChartCell): string | number {
  return typeof cell === 'object' ? cell.shown : cell
}

/** The table as comma-separated values (RFC 4180), with bare numbers and their units in the heading. */
export function csvOf({ columns, rows }: ChartTable): string {
  const heading = columns.map(({ name, unit }) => (unit === undefined ? name : `${name} (${unit})`))
  const lines = [heading, ...rows.map(({ cells }) => cells.map(bareCell))]
  return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('')
}

function bareCell(cell: ChartCell): string {
  return String(typeof cell === 'object' ? cell.value : cell)
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
