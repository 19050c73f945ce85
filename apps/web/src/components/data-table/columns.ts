import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** What is shown. */
  render(row: Row): ReactNode
  /** The same in words, for an exported sheet. */
  text(row: Row): string
  /** Figures stand right-aligned and are numbers in an exported sheet. */
  readonly figure?: boolean
  /** Not shown until chosen. */
  readonly hidden?: boolean
}

export interface Filter {
  readonly key: string
  readonly label: string
  /** What can be chosen, or a day. */
  readonly options: readonly { readonly value: string; readonly label: string }[] | 'day'
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  /** Continues after the last row; null at the end. */
  readonly next: string | null
}

export interface PageRequest {
  readonly q: string
  readonly filters: Readonly<Record<string, string>>
  readonly cursor?: string
  readonly limit: number
}

/** The columns a reader chose, in their own order, or those shown at first. */
export function chosenColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | undefined,
): readonly Column<Row>[] {
  const visible = columns.filter(column => (chosen ? chosen.includes(column.key) : !column.hidden))
  return visible.length > 0 ? visible : columns.slice(0, 1)
}
