import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Payment, paymentsQuery } from '../../api/enterprise.ts'
import { oneOf } from '../../api/list-query.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Amount } from '../../ui/amount.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { reasonKey } from '../../ui/state-words.ts'
import { Tag, type Tone } from '../../ui/tag.tsx'
import './enterprise.css'

const STATES = ['ordered', 'settled', 'rejected', 'returned'] as const
const TONE: Record<(typeof STATES)[number], Tone> = {
  ordered: 'note',
  settled: 'good',
  rejected: 'bad',
  returned: 'bad',
}

export function PaymentsPage() {
  const { t } = useTranslation('enterprise')
  const payments = useQuery(paymentsQuery)
  return (
    <div className="enterprise">
      <PageHeader title={t('payments-title')} lead={t('payments-lead')} />
      {payments.isPending ? <PageSkeleton /> : null}
      {payments.isError ? (
        <ProblemNotice error={payments.error} retry={() => void payments.refetch()} />
      ) : null}
      {payments.data?.items.length === 0 ? (
        <p className="card enterprise-none">{t('payments-none')}</p>
      ) : null}
      <ul className="payments">
        {payments.data?.items.map(payment => (
          <PaymentEntry key={payment.end_to_end_id} payment={payment} />
        ))}
      </ul>
    </div>
  )
}

function PaymentEntry({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation(['enterprise', 'common'])
  const state = oneOf(STATES, payment.state)
  return (
    <li className="card payment">
      <div className="payment-head">
        <Amount yuan={payment.amount} exact size="large" />
        {state ? <Tag tone={TONE[state]}>{t(`payment-states.${state}`)}</Tag> : null}
      </div>
      <p className="small" lang="zh-CN">
        {payment.amount_in_words}
      </p>
      <p className="small quiet">
        {t(payment.claims === 0 ? 'payment-repeated' : 'payment-of', {
          batch: payment.reference,
          count: payment.claims,
        })}{' '}
        · {t('ordered-on')} <PlainDate date={payment.ordered_on} />
        {payment.settled_on ? (
          <>
            {' · '}
            {t('settled-on')} <PlainDate date={payment.settled_on} />
          </>
        ) : null}
        {payment.reason_code ? ` · ${t(reasonKey(payment.reason_code), { code: payment.reason_code })}` : ''}
      </p>
      <p className="small mono quiet">{payment.end_to_end_id}</p>
    </li>
  )
}
