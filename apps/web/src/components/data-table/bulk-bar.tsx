import { Button, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface Bulk<Row> {
  readonly action: string
  /** What will happen to these rows, with whatever has still to be filled in; closes when done. */
  preview(rows: readonly Row[], close: () => void): ReactNode
}

interface BulkBarProps<Row> {
  readonly bulk: Bulk<Row>
  readonly rows: readonly Row[]
  clear(): void
}

/** An action on several rows is shown before it is done. */
export function BulkBar<Row>({ bulk, rows, clear }: BulkBarProps<Row>) {
  const { t } = useTranslation('table')
  const [open, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
    clear()
  }
  return (
    <div className="bulk-bar" data-shortcut="actions" role="status">
      <span>{t('selected', { count: rows.length })}</span>
      <Button type="primary" onClick={() => setOpen(true)}>
        {bulk.action}
      </Button>
      <Button type="text" onClick={clear}>
        {t('select-none')}
      </Button>
      <Modal open={open} title={bulk.action} footer={null} destroyOnHidden onCancel={() => setOpen(false)}>
        {bulk.preview(rows, close)}
      </Modal>
    </div>
  )
}
