import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { type Bulk, BulkBar } from './bulk-bar.tsx'
import { type Column, chosenColumns, type Filter, type Page, type PageRequest } from './columns.ts'
import { useListState } from './list-state.ts'
import { Paging } from './paging.tsx'
import { Rows } from './rows.tsx'
import { Toolbar } from './toolbar.tsx'
import './data-table.css'

const ROWS_A_PAGE = 50
/** A row is a card there: so many are some screens of scrolling already. */
const CARDS_A_PAGE = 12

export interface DataTableProps<Row> {
  /** Names the list where its views and query are kept; stable. */
  readonly name: string
  readonly title: string
  readonly columns: readonly Column<Row>[]
  readonly filters?: readonly Filter[]
  /** Filters that only an address sets, such as a link from an explanation. */
  readonly hiddenFilters?: readonly string[]
  /** What the search looks for, as its label. */
  readonly searchLabel?: string
  load(request: PageRequest): Promise<Page<Row>>
  rowKey(row: Row): string
  /** Where a row opens; its first column becomes the link. */
  link?(row: Row): string
  /** What to do when nothing is there. */
  readonly empty: ReactNode
  readonly bulk?: Bulk<Row> | undefined
  readonly actions?: ReactNode
}

/** The one list of the product. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, columns, filters = [], hiddenFilters = [], load } = props
  const list = useListState([...filters.map(filter => filter.key), ...hiddenFilters])
  const { q, cursor } = list.state
  const limit = useNarrow() ? CARDS_A_PAGE : ROWS_A_PAGE
  const request: PageRequest = {
    q,
    filters: list.state.filters,
    limit,
    ...(cursor === undefined ? {} : { cursor }),
  }
  const page = useQuery({
    queryKey: ['list', name, request],
    queryFn: () => load(request),
    placeholderData: keepPreviousData,
  })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const shown = chosenColumns(columns, list.state.columns)
  const rows = page.data?.rows ?? []
  const chosen = rows.filter(row => selected.has(props.rowKey(row)))

  return (
    <div className="data-table">
      <Toolbar {...props} filters={filters} list={list} shown={shown} request={request} />
      {props.bulk && chosen.length > 0 ? (
        <BulkBar bulk={props.bulk} rows={chosen} clear={() => setSelected(new Set())} />
      ) : null}
      {page.isError ? (
        <ProblemNotice error={page.error} retry={() => void page.refetch()} />
      ) : page.isPending ? (
        <PageSkeleton lines={10} />
      ) : rows.length === 0 ? (
        <div className="data-table-empty card">{props.empty}</div>
      ) : (
        <Rows
          {...props}
          columns={shown}
          rows={rows}
          fading={page.isPlaceholderData}
          selection={props.bulk ? { selected, select: setSelected } : undefined}
        />
      )}
      <Paging list={list} next={page.data?.next ?? null} count={rows.length} />
    </div>
  )
}
