import { Input } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ColumnChoice } from './column-choice.tsx'
import type { Column, Filter, Page, PageRequest } from './columns.ts'
import { ExportMenu } from './export-menu.tsx'
import type { ListControl } from './list-state.ts'
import { SavedViews } from './saved-views.tsx'

const TYPING_PAUSE_MS = 300

interface ToolbarProps<Row> {
  readonly name: string
  readonly title: string
  readonly columns: readonly Column<Row>[]
  readonly shown: readonly Column<Row>[]
  readonly filters: readonly Filter[]
  readonly searchLabel?: string
  readonly list: ListControl
  readonly request: PageRequest
  readonly actions?: ReactNode
  load(request: PageRequest): Promise<Page<Row>>
}

export function Toolbar<Row>(props: ToolbarProps<Row>) {
  const { name, filters, searchLabel, list } = props
  return (
    <div className="toolbar no-print">
      <div className="toolbar-find">
        {searchLabel ? <SearchBox label={searchLabel} list={list} /> : null}
        {filters.map(filter => (
          <FilterField key={filter.key} filter={filter} list={list} />
        ))}
      </div>
      <div className="toolbar-tools">
        <SavedViews name={name} list={list} />
        <ColumnChoice columns={props.columns} shown={props.shown} list={list} />
        <ExportMenu {...props} />
        {props.actions}
      </div>
    </div>
  )
}

function FilterField({ filter, list }: { readonly filter: Filter; readonly list: ListControl }) {
  const { t } = useTranslation('table')
  const { key, label, options } = filter
  const value = list.state.filters[key] ?? ''
  if (options === 'day') {
    return (
      <label className="toolbar-day">
        {label}
        <input
          type="date"
          className="toolbar-filter"
          value={value}
          onChange={event => list.filter(key, event.target.value)}
        />
      </label>
    )
  }
  return (
    <select
      aria-label={label}
      className="toolbar-filter"
      value={value}
      onChange={event => list.filter(key, event.target.value)}
    >
      <option value="">{t('filter-all', { filter: label })}</option>
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

/** Searches when typing pauses; what is typed stays even while the list loads. */
function SearchBox({ label, list }: { readonly label: string; readonly list: ListControl }) {
  const { q } = list.state
  const [typed, setTyped] = useState(q)
  useEffect(() => setTyped(q), [q])
  useEffect(() => {
    if (typed.trim() === q) return
    const timer = setTimeout(() => list.search(typed.trim()), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, q, list])
  return (
    <div data-shortcut="search" className="toolbar-search">
      <Input
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={label}
        value={typed}
        allowClear
        onChange={event => setTyped(event.target.value)}
        onPressEnter={() => list.search(typed.trim())}
      />
    </div>
  )
}
