import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import { type Organisation, organisationQuery } from '../../api/organisations.ts'
import { paths } from '../../app/paths.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { factText } from '../../components/registry/fact-text.ts'
import { OrganisationHistory } from '../../components/registry/organisation-history.tsx'
import { SourceLine } from '../../components/registry/source-line.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { Tag } from '../../ui/tag.tsx'
import './organisation.css'

export function OrganisationPage() {
  const { creditCode = '' } = useParams({ strict: false })
  const organisation = useQuery(organisationQuery(creditCode))
  if (organisation.isError) {
    return <ProblemNotice error={organisation.error} retry={() => void organisation.refetch()} />
  }
  if (!organisation.data) return <PageSkeleton lines={14} />
  return <OneOrganisation organisation={organisation.data} />
}

/** Every fact in force with where it came from, and what it was before. */
function OneOrganisation({ organisation }: { readonly organisation: Organisation }) {
  const { t } = useTranslation('registry')
  const mayReadClaims = useMe().permissions.includes('claim.read')
  const name = organisation.facts.find(({ fact }) => fact === 'name')?.value
  return (
    <>
      <PageHeader
        title={typeof name === 'string' ? name : organisation.credit_code}
        lead={
          <>
            <span className="mono">{organisation.credit_code}</span>{' '}
            {organisation.code_check === 'overridden' ? <Tag tone="wait">{t('overridden')}</Tag> : null}
          </>
        }
      >
        {mayReadClaims ? (
          <Link to={`${paths.claims()}?q=${organisation.credit_code}`} className="button">
            {t('claims')}
          </Link>
        ) : null}
      </PageHeader>
      {organisation.override ? (
        <p className="organisation-override">
          {t('override', { reason: organisation.override.reason, evidence: organisation.override.evidence })}
        </p>
      ) : null}
      <section className="card organisation-facts" aria-labelledby="facts">
        <h2 id="facts">{t('facts-title')}</h2>
        <dl>
          {organisation.facts.map(({ fact, value, source }) => (
            <div key={fact}>
              <dt>{t(`facts.${fact}`)}</dt>
              <dd>
                {fact === 'town_code' && organisation.town_name
                  ? organisation.town_name
                  : value === null
                    ? t('not-known')
                    : factText(t, fact, value)}
              </dd>
              <dd className="small quiet">
                <SourceLine source={source} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <OrganisationHistory history={organisation.history} />
    </>
  )
}
