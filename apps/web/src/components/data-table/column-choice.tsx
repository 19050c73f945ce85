import { Button, Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Column } from './columns.ts'
import type { ListControl } from './list-state.ts'

interface ColumnChoiceProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly shown: readonly Column<Row>[]
  readonly list: ListControl
}

export function ColumnChoice<Row>({ columns, shown, list }: ColumnChoiceProps<Row>) {
  const { t } = useTranslation('table')
  const keys = shown.map(column => column.key)
  const toggle = (key: string) => {
    const next = keys.includes(key) ? keys.filter(each => each !== key) : [...keys, key]
    if (next.length > 0) list.chooseColumns(next)
  }
  const choice = (
    <fieldset className="column-choice">
      <legend className="visually-hidden">{t('columns')}</legend>
      {columns.map(column => (
        <label key={column.key}>
          <input type="checkbox" checked={keys.includes(column.key)} onChange={() => toggle(column.key)} />
          {column.title}
        </label>
      ))}
      <Button type="link" size="small" onClick={() => list.chooseColumns(undefined)}>
        {t('columns-reset')}
      </Button>
    </fieldset>
  )
  return (
    <Popover content={choice} trigger="click" placement="bottomRight">
      <Button>{t('columns')}</Button>
    </Popover>
  )
}
