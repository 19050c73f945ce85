import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { objectionQuery } from '../api/notices.ts'
import { ProblemError } from '../api/problem.ts'
import { paths } from '../app/paths.ts'
import { PublicFrame } from '../components/public-frame.tsx'
import { TrackForm } from '../forms/track-objection.tsx'
import { Amount } from '../ui/amount.tsx'
import { PageSkeleton } from '../ui/page-skeleton.tsx'
import { PlainDate } from '../ui/plain-date.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import './notices.css'

/** What became of an objection, for whoever holds its reference. */
export function ObjectionPage() {
  const { t } = useTranslation('notices')
  const { reference = '' } = useParams({ strict: false })
  const found = useQuery(objectionQuery(reference))
  const unknown = found.error instanceof ProblemError && found.error.problem.status === 404
  return (
    <PublicFrame title={t('track-title')}>
      <p>
        <Link to={paths.notices()}>{t('back')}</Link>
      </p>
      <h1>{t('track-title')}</h1>
      {unknown ? (
        <>
          <p className="notice-lead" role="alert">
            {t('unknown-reference')}
          </p>
          <TrackForm />
        </>
      ) : found.isError ? (
        <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      ) : found.isPending ? (
        <PageSkeleton />
      ) : (
        <dl className="card notice-facts">
          <dt>{t('reference')}</dt>
          <dd className="mono">{found.data.reference}</dd>
          <dt>{t('object-of')}</dt>
          <dd>
            {found.data.enterprise_name} · {found.data.quarter} · <Amount yuan={found.data.amount} exact />
          </dd>
          <dt>{t('lodged-on')}</dt>
          <dd>
            <PlainDate date={found.data.lodged_on} />
          </dd>
          <dt>{t('state')}</dt>
          <dd>
            <strong>{t(`states.${found.data.state}`)}</strong>{' '}
            {found.data.decided_on ? <PlainDate date={found.data.decided_on} /> : t('open-hint')}
          </dd>
          {found.data.decision_reason ? (
            <>
              <dt>{t('decision-reason')}</dt>
              <dd className="notice-words">{found.data.decision_reason}</dd>
            </>
          ) : null}
        </dl>
      )}
    </PublicFrame>
  )
}
