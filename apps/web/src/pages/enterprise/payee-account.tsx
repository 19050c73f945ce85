import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { accountsQuery } from '../../api/enterprise.ts'
import { oneOf } from '../../api/list-query.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { PayeeAccountForm } from '../../forms/payee-account.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { reasonKey } from '../../ui/state-words.ts'
import { Tag, type Tone } from '../../ui/tag.tsx'
import './enterprise.css'

const STATES = ['in_force', 'rejected', 'replaced'] as const
const TONE: Record<(typeof STATES)[number], Tone> = { in_force: 'good', rejected: 'bad', replaced: 'plain' }

/** The account that the subsidy is paid into: known from the bank; corrected here when the treasury rejects it. */
export function PayeeAccountPage() {
  const { t } = useTranslation(['enterprise', 'common'])
  const accounts = useQuery(accountsQuery)
  return (
    <div className="enterprise">
      <PageHeader title={t('account-title')} lead={t('account-lead')} />
      {accounts.isPending ? <PageSkeleton /> : null}
      {accounts.isError ? (
        <ProblemNotice error={accounts.error} retry={() => void accounts.refetch()} />
      ) : null}
      <ul className="payments">
        {accounts.data?.items.map(account => {
          const state = oneOf(STATES, account.state)
          return (
            <li key={account.id} className="card payment">
              <div className="payment-head">
                <strong className="mono">{account.masked_number}</strong>
                {state ? <Tag tone={TONE[state]}>{t(`account-states.${state}`)}</Tag> : null}
              </div>
              <p>{account.holder_name}</p>
              <p className="small quiet">
                {t('account-bank', { code: account.bank_code })} ·{' '}
                {t(account.by_enterprise ? 'account-by-us' : 'account-by-bank')} ·{' '}
                <PlainDate date={account.recorded_at} />
                {account.rejected_reason
                  ? ` · ${t(reasonKey(account.rejected_reason), { code: account.rejected_reason })}`
                  : ''}
              </p>
            </li>
          )
        })}
      </ul>
      <section className="card enterprise-card" aria-labelledby="correct">
        <h2 id="correct">{t('account-correct')}</h2>
        <PayeeAccountForm />
      </section>
    </div>
  )
}
