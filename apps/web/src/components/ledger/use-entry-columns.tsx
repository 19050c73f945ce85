import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ACCOUNT_KINDS, ENTRY_KINDS, type Entry } from '../../api/ledger.ts'
import { oneOf } from '../../api/list-query.ts'
import { paths } from '../../app/paths.ts'
import { Amount } from '../../ui/amount.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { journalKindKey } from '../../ui/state-words.ts'
import type { Column, Filter } from '../data-table/columns.ts'

export function useEntryColumns(): readonly Column<Entry>[] {
  const { t } = useTranslation(['ledger', 'common'])
  const accountOf = (code: string) => {
    const kind = oneOf(ACCOUNT_KINDS, code.replace(/^\d{4}-/, ''))
    return kind ? t(`kinds.${kind}`) : code
  }
  const movement = (entry: Entry) => `${entry.year}: ${accountOf(entry.from)} → ${accountOf(entry.to)}`
  return [
    {
      key: 'day',
      title: t('day'),
      render: entry => <PlainDate date={entry.business_date} />,
      text: entry => entry.business_date,
    },
    {
      key: 'kind',
      title: t('kind'),
      render: entry => t(journalKindKey(entry.kind)),
      text: entry => t(journalKindKey(entry.kind)),
    },
    {
      key: 'amount',
      title: t('amount'),
      figure: true,
      render: entry => <Amount yuan={entry.amount} exact />,
      text: entry => entry.amount,
    },
    {
      key: 'accounts',
      title: t('from-to'),
      render: movement,
      text: movement,
    },
    {
      key: 'enterprise',
      title: t('enterprise'),
      render: entry =>
        entry.credit_code === null ? (
          <span className="quiet">—</span>
        ) : (
          <Link to={paths.organisation(entry.credit_code)}>{entry.enterprise_name}</Link>
        ),
      text: entry => entry.enterprise_name ?? '',
    },
    {
      key: 'credit-code',
      title: t('credit-code'),
      hidden: true,
      render: entry => <span className="mono small">{entry.credit_code ?? '—'}</span>,
      text: entry => entry.credit_code ?? '',
    },
    {
      key: 'batch',
      title: t('batch'),
      hidden: true,
      render: entry => entry.batch_number ?? '—',
      text: entry => entry.batch_number ?? '',
    },
    {
      key: 'payment',
      title: t('payment'),
      hidden: true,
      render: entry => <span className="mono small">{entry.end_to_end_id ?? '—'}</span>,
      text: entry => entry.end_to_end_id ?? '',
    },
    {
      key: 'memo',
      title: t('memo'),
      render: entry =>
        entry.reference.kind === 'subsidy_batch' ? (
          <Link to={paths.batch(entry.reference.id)}>{entry.memo}</Link>
        ) : (
          entry.memo
        ),
      text: entry => entry.memo,
    },
    {
      key: 'corrects',
      title: t('corrects'),
      hidden: true,
      render: entry => <span className="mono small">{entry.corrects_id ?? '—'}</span>,
      text: entry => entry.corrects_id ?? '',
    },
    {
      key: 'recorded',
      title: t('recorded'),
      hidden: true,
      render: entry => entry.recorded_at.slice(0, 19).replace('T', ' '),
      text: entry => entry.recorded_at,
    },
  ]
}

export function useEntryFilters(): readonly Filter[] {
  const { t } = useTranslation(['ledger', 'common'])
  return [
    {
      key: 'kind',
      label: t('kind'),
      options: ENTRY_KINDS.map(kind => ({ value: kind, label: t(`common:journal-kind.${kind}`) })),
    },
    {
      key: 'account',
      label: t('account'),
      options: ACCOUNT_KINDS.map(kind => ({ value: kind, label: t(`kinds.${kind}`) })),
    },
    { key: 'from', label: t('from'), options: 'day' },
    { key: 'to', label: t('to'), options: 'day' },
  ]
}
