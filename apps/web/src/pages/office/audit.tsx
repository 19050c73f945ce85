import { useTranslation } from 'react-i18next'
import { type AuditEvent, listAudit } from '../../api/audit.ts'
import { oneOf } from '../../api/list-query.ts'
import { ROLES } from '../../api/me.ts'
import type { Column } from '../../components/data-table/columns.ts'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { figure } from '../../ui/money.ts'
import { PlainDate } from '../../ui/plain-date.tsx'

/** Those that have words; a newer one is shown by its code. */
const ACTIONS = [
  'batch_prepared',
  'batch_refreshed',
  'batch_submit',
  'batch_return',
  'batch_approve',
  'budget_appropriated',
  'credit-code_overridden',
  'discrepancy_accepted',
  'objection_lodged',
  'objection_upheld',
  'objection_rejected',
  'objection_released',
  'payee-account_corrected',
  'payment-batch_ordered',
  'treasury-receipt_received',
  'user_created',
] as const
const SUBJECTS = [
  'subsidy_batch',
  'payment_batch',
  'treasury_file',
  'organisation',
  'organisation-import',
  'discrepancy',
  'objection',
  'budget_year',
  'credit-code',
  'user',
] as const

/** Who did what to what; written with each change and never edited. */
export function AuditPage() {
  const { t } = useTranslation('audit')
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <DataTable
        name="audit"
        title={t('title')}
        searchLabel={t('search')}
        columns={useColumns()}
        load={listAudit}
        rowKey={event => event.id}
        empty={t('empty')}
      />
    </>
  )
}

function useColumns(): readonly Column<AuditEvent>[] {
  const { t } = useTranslation(['audit', 'common'])
  const roleOf = (event: AuditEvent) => {
    const role = oneOf(ROLES, event.actor_role)
    return role ? t(`common:role.${role}`) : t('system')
  }
  const actionOf = (event: AuditEvent) => {
    const known = oneOf(ACTIONS, event.action.replace('.', '_'))
    return known ? t(`actions.${known}`) : event.action
  }
  const subjectOf = (event: AuditEvent) => {
    const known = oneOf(SUBJECTS, event.subject_kind)
    return known ? t(`subjects.${known}`) : event.subject_kind
  }
  return [
    {
      key: 'day',
      title: t('day'),
      render: event => <PlainDate date={event.business_date} />,
      text: event => event.business_date,
    },
    {
      key: 'actor',
      title: t('actor'),
      render: event => (
        <>
          {event.actor_name ?? event.actor} <span className="small quiet">{roleOf(event)}</span>
        </>
      ),
      text: event => `${event.actor_name ?? event.actor} (${roleOf(event)})`,
    },
    {
      key: 'action',
      title: t('action'),
      render: actionOf,
      text: actionOf,
    },
    {
      key: 'subject',
      title: t('subject'),
      render: event => (
        <>
          {subjectOf(event)} <span className="mono small quiet">{event.subject_id}</span>
        </>
      ),
      text: event => `${subjectOf(event)} ${event.subject_id}`,
    },
    {
      key: 'detail',
      title: t('detail'),
      render: event => <span className="small">{detailOf(event)}</span>,
      text: detailOf,
    },
    {
      key: 'recorded',
      title: t('recorded'),
      hidden: true,
      render: event => event.recorded_at.slice(0, 19).replace('T', ' '),
      text: event => event.recorded_at,
    },
  ]
}

/** Amounts in fen are written in yuan, as everywhere else. */
function detailOf({ detail }: AuditEvent): string {
  return Object.entries(detail)
    .map(([key, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      if (!key.endsWith('_fen') || !/^-?\d+$/.test(text)) return `${key}: ${text}`
      return `${key.slice(0, -'_fen'.length)}: ${figure(BigInt(text), 'yuan')}`
    })
    .join(' · ')
}
