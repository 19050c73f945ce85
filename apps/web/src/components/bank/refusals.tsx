import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { refusalsQuery } from '../../api/bank-messages.ts'
import { Rows } from '../data-table/rows.tsx'
import { useWhyText, Why } from './why.tsx'

/** Requests that could not be taken as a bank's word: a bad signature, an unreadable line, a key used twice. */
export function Refusals() {
  const { t } = useTranslation('bank')
  const whyText = useWhyText()
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
            key: 'reason',
            title: t('reason'),
            render: item => <Why {...item} file={item.drop_key} />,
            text: item => whyText({ ...item, file: item.drop_key }),
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
        ]}
      />
    </details>
  )
}
