/** Columns for people: aligned by what a terminal shows, also of wide characters, and cut where it ends. @module */
import { dim } from './style.ts'

export interface Column<Row> {
  title: string
  of: (row: Row) => string
  /** Default left. */
  align?: 'left' | 'right'
}

interface TableOptions<Row> {
  /** A line of its own below each row. */
  below?: (row: Row) => string
}

const gap = '  '

/** Of the terminal; unlimited where the output goes elsewhere, unless COLUMNS says otherwise. */
export function terminalWidth(): number {
  return process.stdout.columns || Number(process.env['COLUMNS']) || Number.POSITIVE_INFINITY
}

/** The first `width` columns of a text, with `…` where something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  // A wide character across the edge is kept by sliceAnsi, so one column less may be needed.
  const shown = Bun.sliceAnsi(text, 0, Math.max(0, width - 1))
  return `${widthOf(shown) < width ? shown : Bun.sliceAnsi(text, 0, Math.max(0, width - 2))}…`
}

/**
 * The lines of a table, indented by two; what doesn't fit the terminal is cut from their end.
 *
 * @example console.log(table(rows, [{ title: 'calls', align: 'right', of: ({ calls }) => `${calls}` }]))
 */
export function table<Row>(rows: Row[], columns: Column<Row>[], { below }: TableOptions<Row> = {}): string {
  const cells = rows.map((row) => columns.map(({ of }) => of(row)))
  const widths = columns.map(({ title }, at) =>
    Math.max(...[title, ...cells.map((line) => line[at] ?? '')].map(widthOf)),
  )
  const width = terminalWidth()
  const line = (texts: string[]) => {
    const padded = texts.map((text, at) => pad(text, widths[at] ?? 0, columns[at]?.align))
    return cut(`  ${padded.join(gap).trimEnd()}`, width)
  }
  return [
    dim(line(columns.map(({ title }) => title))),
    ...rows.flatMap((row, at) => {
      const first = line(cells[at] ?? [])
      return below ? [first, dim(cut(`    ${below(row)}`, width))] : [first]
    }),
  ].join('\n')
}

const widthOf = (text: string) => Bun.stringWidth(text)

function pad(text: string, width: number, align: Column<never>['align'] = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)))
  return align === 'right' ? space + text : text + space
}
