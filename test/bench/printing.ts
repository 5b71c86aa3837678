/** Writes a line to standard output. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** Prints records as a table in Markdown. */
export function printTable(records: readonly Readonly<Record<string, string>>[]): void {
  for (const line of tableLines(records)) print(line)
}

/** Lines of a Markdown table, the keys of the first record as its head; columns of numbers stand to the right. */
export function tableLines(records: readonly Readonly<Record<string, string>>[]): string[] {
  const columns = Object.keys(records[0] ?? {}).map((head) => {
    const cells = records.map((record) => record[head] ?? '')
    return { head, width: Math.max(...[head, ...cells].map(({ length }) => length)), isText: cells.some(isText) }
  })
  const line = (cell: (column: (typeof columns)[number]) => string) =>
    `| ${columns.map((column) => padded(cell(column), column)).join(' | ')} |`
  return [
    line(({ head }) => head),
    `|${columns.map(({ width, isText }) => `${'-'.repeat(width + 1)}${isText ? '-' : ':'}`).join('|')}|`,
    ...records.map((record) => line(({ head }) => record[head] ?? '')),
  ]
}

function padded(cell: string, { width, isText }: { width: number; isText: boolean }): string {
  return isText ? cell.padEnd(width) : cell.padStart(width)
}

function isText(cell: string): boolean {
  return /^[a-z]/i.test(cell)
}

/** A share, 0 to 1, in percent. */
export function percent(share: number, digits = 0): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : ''
}
