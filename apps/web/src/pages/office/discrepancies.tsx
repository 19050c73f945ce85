import { useTranslation } from 'react-i18next'
import { listDiscrepancies } from '../../api/discrepancies.ts'
import { useMe } from '../../api/me.ts'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useDiscrepancyColumns, useDiscrepancyFilters } from '../../components/use-discrepancy-columns.tsx'
import { AcceptDiscrepanciesForm } from '../../forms/accept-discrepancies.tsx'

export function DiscrepanciesPage() {
  const { t } = useTranslation('discrepancies')
  const mayAccept = useMe().permissions.includes('discrepancy.accept')
  return (
    <>
      <PageHeader title={t('title')} lead={t(mayAccept ? 'lead' : 'lead-read-only')} />
      <DataTable
        name="discrepancies"
        title={t('title')}
        searchLabel={t('search')}
        columns={useDiscrepancyColumns()}
        filters={useDiscrepancyFilters()}
        load={listDiscrepancies}
        rowKey={row => row.id}
        empty={t('empty')}
        bulk={
          mayAccept
            ? {
                action: t('accept'),
                preview: (rows, close) => <AcceptDiscrepanciesForm rows={rows} onDone={close} />,
              }
            : undefined
        }
      />
    </>
  )
}
