import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { receiptProblemsQuery } from '../../api/ledger.ts'
import { Amount } from '../../ui/amount.tsx'
import { Rows } from '../data-table/rows.tsx'
import '../data-table/data-table.css'

/** Receipts of the treasury that match no payment as it stands: somebody has to ask the treasury. */
export function ReceiptProblems() {
  const { t } = useTranslation('batches')
  const items = useQuery(receiptProblemsQuery).data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="receipt-problems" aria-labelledby="receipt-problems">
      <h2 id="receipt-problems">{t('receipts.title')}</h2>
      <p className="quiet">{t('receipts.lead')}</p>
      <Rows
        title={t('receipts.title')}
        rows={items}
        rowKey={item => `${item.message_id}-${item.position}`}
        columns={[
          {
            key: 'outcome',
            title: t('receipts.outcome'),
            render: item => t(`receipts.outcomes.${item.outcome}`),
            text: item => t(`receipts.outcomes.${item.outcome}`),
          },
          {
            key: 'payment',
            title: t('receipts.payment'),
            render: item => <span className="mono">{item.end_to_end_id ?? '—'}</span>,
            text: item => item.end_to_end_id ?? '',
          },
          {
            key: 'amount',
            title: t('amount'),
            figure: true,
            render: item => (item.amount === null ? '—' : <Amount yuan={item.amount} exact />),
            text: item => item.amount ?? '',
          },
          {
            key: 'reason',
            title: t('receipts.reason'),
            render: item => item.reason ?? '—',
            text: item => item.reason ?? '',
          },
          {
            key: 'file',
            title: t('receipts.file'),
            render: item => (
              <span className="mono small">
                {item.kind} {item.message_id} #{item.position}
              </span>
            ),
            text: item => `${item.kind} ${item.message_id} #${item.position}`,
          },
        ]}
      />
    </section>
  )
}
