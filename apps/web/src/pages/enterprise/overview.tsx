import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { accountsQuery, notificationsQuery, type Overview, overviewQuery } from '../../api/enterprise.ts'
import { paths } from '../../app/paths.ts'
import { LoanCard } from '../../components/enterprise/loan-card.tsx'
import { NextMoney } from '../../components/enterprise/next-money.tsx'
import { NotificationList } from '../../components/enterprise/notification-list.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Amount } from '../../ui/amount.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import './enterprise.css'

/** What an enterprise wants to know, phone first: what I receive, when, and why. It had to do nothing for it. */
export function OverviewPage() {
  const overview = useQuery(overviewQuery)
  if (overview.isError) {
    return <ProblemNotice error={overview.error} retry={() => void overview.refetch()} />
  }
  if (!overview.data) return <PageSkeleton lines={12} />
  return <OneEnterprise overview={overview.data} />
}

function OneEnterprise({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation('enterprise')
  const notifications = useQuery(notificationsQuery)
  const accounts = useQuery(accountsQuery)
  const [newest] = accounts.data?.items ?? []
  const correctionNeeded = newest?.state === 'rejected'
  return (
    <div className="enterprise">
      <PageHeader title={overview.name} lead={<span className="mono">{overview.credit_code}</span>} />
      {correctionNeeded ? (
        <p className="enterprise-alert" role="alert">
          {t('account-rejected')} <Link to={paths.payeeAccount()}>{t('account-correct')}</Link>
        </p>
      ) : null}
      <NextMoney next={overview.next} />
      <section className="card enterprise-sums" aria-labelledby="sums">
        <h2 id="sums">{t('sums')}</h2>
        <dl>
          <div className="enterprise-first">
            <dt>{t('paid')}</dt>
            <dd>
              <Amount yuan={overview.paid} exact size="large" />
            </dd>
          </div>
          <div>
            <dt>{t('coming')}</dt>
            <dd>
              <Amount yuan={overview.coming} exact />
            </dd>
          </div>
          <div>
            <dt>{t('subsidised')}</dt>
            <dd>
              <Amount yuan={overview.subsidised} exact />
            </dd>
          </div>
        </dl>
        <p className="small quiet">{t('nothing-to-do')}</p>
      </section>
      <section aria-labelledby="loans" className="enterprise-section">
        <h2 id="loans">{t('loans')}</h2>
        {overview.loans.length === 0 ? <p className="card enterprise-none">{t('loans-none')}</p> : null}
        {overview.loans.map(loan => (
          <LoanCard key={loan.id} loan={loan} correctionNeeded={correctionNeeded} />
        ))}
      </section>
      <section aria-labelledby="told" className="enterprise-section">
        <h2 id="told">{t('told')}</h2>
        <NotificationList notifications={notifications.data?.items ?? []} />
      </section>
    </div>
  )
}
