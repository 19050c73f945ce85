import { useMutation } from '@tanstack/react-query'
import { App, Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Column, Page, PageRequest } from './columns.ts'
import { type SheetFormat, saveSheet } from './sheet.ts'

const ROWS_MAX = 20_000
const ROWS_A_REQUEST = 200

interface ExportMenuProps<Row> {
  readonly title: string
  readonly shown: readonly Column<Row>[]
  readonly request: PageRequest
  load(request: PageRequest): Promise<Page<Row>>
}

/** Exports exactly what is shown: the same filters and columns, every page of them. */
export function ExportMenu<Row>({ title, shown, request, load }: ExportMenuProps<Row>) {
  const { t } = useTranslation('table')
  const { message } = App.useApp()
  const run = useMutation({
    mutationFn: async (format: SheetFormat) => {
      const { rows, complete } = await loadAll(load, request)
      await saveSheet(format, title, shown, rows)
      return { count: rows.length, complete }
    },
    onSuccess: ({ count, complete }) =>
      void message.info(t(complete ? 'export-done' : 'export-cut', { count })),
    onError: error => void message.error(error.message),
  })
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'xlsx', label: t('export-xlsx') },
          { key: 'csv', label: t('export-csv') },
        ],
        onClick: ({ key }) => run.mutate(key === 'csv' ? 'csv' : 'xlsx'),
      }}
    >
      <Button loading={run.isPending}>{t('export')}</Button>
    </Dropdown>
  )
}

async function loadAll<Row>(
  load: (request: PageRequest) => Promise<Page<Row>>,
  { cursor: _, ...from }: PageRequest,
) {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const page = await load({ ...from, limit: ROWS_A_REQUEST, ...(cursor === undefined ? {} : { cursor }) })
    rows.push(...page.rows)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && rows.length < ROWS_MAX)
  return { rows, complete: cursor === undefined }
}
