import { useTranslation } from 'react-i18next'
import { listDiscrepancies } from '../../api/discrepancies.ts'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useDiscrepancyColumns, useDiscrepancyFilters } from '../../components/use-discrepancy-columns.tsx'

/** The bank's rows that disagree: put right by a reversal and a new report, or accepted by an officer. */
export function BankDiscrepanciesPage() {
  const { t } = useTranslation('discrepancies')
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead-bank')} />
      <DataTable
        name="bank-discrepancies"
        title={t('title')}
        searchLabel={t('search')}
        columns={useDiscrepancyColumns().filter(column => column.key !== 'bank')}
        filters={useDiscrepancyFilters()}
        load={listDiscrepancies}
        rowKey={row => row.id}
        empty={t('empty')}
      />
    </>
  )
}
