import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import type { Column } from './columns.ts'

interface RowsProps<Row> {
  readonly title: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  rowKey(row: Row): string
  link?(row: Row): string
  readonly fading?: boolean
  readonly selection?:
    | { readonly selected: ReadonlySet<string>; select(keys: ReadonlySet<string>): void }
    | undefined
}

/** A table on a wide screen, a card for each row on a phone. */
export function Rows<Row>({ title, columns, rows, rowKey, link, fading, selection }: RowsProps<Row>) {
  const { t } = useTranslation('table')
  const toggle = (key: string) => {
    const next = new Set(selection?.selected)
    if (!next.delete(key)) next.add(key)
    selection?.select(next)
  }
  const allSelected = selection !== undefined && rows.every(row => selection.selected.has(rowKey(row)))
  return (
    <ScrollRegion title={title} className={fading ? 'rows rows-fading card' : 'rows card'}>
      <table>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {selection ? (
              <th scope="col" className="rows-select">
                <input
                  type="checkbox"
                  aria-label={t('select-all')}
                  checked={allSelected}
                  onChange={() => selection.select(new Set(allSelected ? [] : rows.map(rowKey)))}
                />
              </th>
            ) : null}
            {columns.map(column => (
              <th key={column.key} scope="col" data-figure={column.figure}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => {
            const key = rowKey(row)
            return (
              <tr key={key} data-selected={selection?.selected.has(key)}>
                {selection ? (
                  <td className="rows-select">
                    <input
                      type="checkbox"
                      aria-label={t('select', { row: columns[0]?.text(row) ?? key })}
                      checked={selection.selected.has(key)}
                      onChange={() => toggle(key)}
                    />
                  </td>
                ) : null}
                {columns.map((column, index) => (
                  <td key={column.key} data-label={column.title} data-figure={column.figure}>
                    {link && index === 0 ? (
                      <Link to={link(row)} data-row="" className="rows-link">
                        {column.render(row)}
                      </Link>
                    ) : (
                      column.render(row)
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
