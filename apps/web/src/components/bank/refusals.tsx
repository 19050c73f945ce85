import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { refusalsQuery } from '../../api/bank-messages.ts'
import { Rows } from '../data-table/rows.tsx'

/** Requests that could not be taken as a bank's word: a bad signature, an unreadable line, a key used twice. */
export function Refusals() {
  const { t } = useTranslation('bank')
  const items = useQuery(refusalsQuery).data?.items ?? []
  if (items.length === 0) return null
  return (
    <details className="refusals">
      <summary>{t('refusals', { count: items.length })}</summary>
      <p className="quiet small">{t('refusals-lead')}</p>
      <Rows
        title={t('refusals-title')}
        rows={items}
        rowKey={item => item.id}
        columns={[
          {
            key: 'received',
            title: t('received'),
            render: item => item.received_at.slice(0, 19).replace('T', ' '),
            text: item => item.received_at,
          },
          {
            key: 'code',
            title: t('reason'),
            render: item => <span className="mono">{item.code}</span>,
            text: item => item.code,
          },
          {
            key: 'key',
            title: t('key'),
            render: item => <span className="mono">{item.claimed_key_id ?? '—'}</span>,
            text: item => item.claimed_key_id ?? '',
          },
          {
            key: 'idempotency',
            title: t('idempotency-key'),
            render: item => <span className="mono">{item.idempotency_key ?? '—'}</span>,
            text: item => item.idempotency_key ?? '',
          },
          {
            key: 'line',
            title: t('line-number'),
            render: item => (item.line === null ? '—' : String(item.line)),
            text: item => String(item.line ?? ''),
          },
        ]}
      />
    </details>
  )
}
