import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '../../api/policies.ts'
import { inLanguage } from '../../app/labels.ts'
import { paths } from '../../app/paths.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import './policy.css'

export function PoliciesPage() {
  const { t } = useTranslation('policy')
  const policies = useQuery(policiesQuery)
  return (
    <>
      <PageHeader title={t('list-title')} lead={t('list-lead')} />
      {policies.isPending ? <PageSkeleton /> : null}
      {policies.isError ? (
        <ProblemNotice error={policies.error} retry={() => void policies.refetch()} />
      ) : null}
      <ul className="policies">
        {policies.data?.items.map(policy => (
          <li key={policy.policy} className="card">
            <h2>
              <Link to={paths.policy(policy.policy)} data-row="">
                {inLanguage(policy.title)}
              </Link>
            </h2>
            <p className="quiet">
              {t('version', { version: policy.version })} · {t('from')}{' '}
              <PlainDate date={policy.effective_from} />
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
