import type { ReactNode } from 'react'
import classes from './data-table.module.css'

interface DataTableProps {
  /** What the table shows, for screen readers. */
  caption: string
  columns: readonly string[]
  rows: readonly { key: string; cells: readonly ReactNode[]; isMarked?: boolean }[]
}

/** A table that scrolls sideways within itself where the window is narrow. */
export function DataTable({ caption, columns, rows }: DataTableProps) {
  return (
    // A region that scrolls must be reachable by keyboard, or its right half is not.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={classes.region} aria-label={caption} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells, isMarked }) => (
            <tr key={key} className={isMarked === true ? classes.isMarked : ''}>
              {cells.map((cell, index) => (
                <td key={columns[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
