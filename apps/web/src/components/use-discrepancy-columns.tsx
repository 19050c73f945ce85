import { useTranslation } from 'react-i18next'
import type { Discrepancy } from '../api/discrepancies.ts'
import { Amount } from '../ui/amount.tsx'
import { PlainDate } from '../ui/plain-date.tsx'
import { Tag } from '../ui/tag.tsx'
import type { Column, Filter } from './data-table/columns.ts'

export function useDiscrepancyColumns(): readonly Column<Discrepancy>[] {
  const { t } = useTranslation('discrepancies')
  return [
    {
      key: 'enterprise',
      title: t('enterprise'),
      render: row => row.enterprise_name,
      text: row => row.enterprise_name,
    },
    {
      key: 'receipt',
      title: t('receipt'),
      render: row => <span className="mono">{row.loan_receipt}</span>,
      text: row => row.loan_receipt,
    },
    {
      key: 'period',
      title: t('period'),
      render: row => (
        <>
          <span className="period-from">
            <PlainDate date={row.period_from} /> –
          </span>{' '}
          <PlainDate date={row.period_to} />
        </>
      ),
      text: row => `${row.period_from}/${row.period_to}`,
    },
    {
      key: 'reported',
      title: t('reported'),
      figure: true,
      render: row => <Amount yuan={row.reported} exact />,
      text: row => row.reported,
    },
    {
      key: 'computed',
      title: t('computed'),
      figure: true,
      render: row => <Amount yuan={row.computed} exact />,
      text: row => row.computed,
    },
    {
      key: 'difference',
      title: t('difference'),
      figure: true,
      render: row => (
        <strong>
          <Amount yuan={row.difference} exact />
        </strong>
      ),
      text: row => row.difference,
    },
    {
      key: 'state',
      title: t('state'),
      render: row =>
        row.closed_on === null ? (
          <Tag tone="wait">{t('open')}</Tag>
        ) : (
          <>
            <Tag tone="plain">{t('closed')}</Tag>
            <span className="small quiet"> {row.closing_reason}</span>
          </>
        ),
      text: row => (row.closed_on === null ? t('open') : `${t('closed')} ${row.closing_reason ?? ''}`),
    },
    { key: 'bank', title: t('bank'), render: row => row.bank_name, text: row => row.bank_name },
    {
      key: 'opened',
      title: t('opened'),
      hidden: true,
      render: row => <PlainDate date={row.opened_on} />,
      text: row => row.opened_on,
    },
  ]
}

export function useDiscrepancyFilters(): readonly Filter[] {
  const { t } = useTranslation('discrepancies')
  return [
    {
      key: 'open',
      label: t('state'),
      options: [
        { value: 'true', label: t('open') },
        { value: 'false', label: t('closed') },
      ],
    },
  ]
}
