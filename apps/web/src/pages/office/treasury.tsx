import { useTranslation } from 'react-i18next'
import { listBatchesInPayment } from '../../api/batches.ts'
import { paths } from '../../app/paths.ts'
import { batchColumns } from '../../components/batch/batch-columns.tsx'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { ReceiptProblems } from '../../components/ledger/receipt-problems.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import './batch.css'

/** What finance can order from the treasury, and what is on its way. */
export function TreasuryPage() {
  const { t } = useTranslation('batches')
  return (
    <>
      <PageHeader title={t('treasury-title')} lead={t('treasury-lead')} />
      <DataTable
        name="treasury"
        title={t('treasury-title')}
        searchLabel={t('search')}
        columns={batchColumns(t)}
        load={listBatchesInPayment}
        rowKey={batch => batch.id}
        link={batch => paths.batch(batch.id)}
        empty={t('treasury-empty')}
      />
      <ReceiptProblems />
    </>
  )
}
