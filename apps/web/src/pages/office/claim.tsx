import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { claimQuery, explanationQuery } from '../../api/claims.ts'
import { paths } from '../../app/paths.ts'
import { ExplanationPanel } from '../../components/explanation/explanation-panel.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import './claim.css'

export function ClaimPage() {
  const { t } = useTranslation('claims')
  const { id = '' } = useParams({ strict: false })
  const claim = useQuery(claimQuery(id))
  const explanation = useQuery(explanationQuery(id))
  const failed = claim.isError ? claim : explanation.isError ? explanation : undefined
  if (failed) return <ProblemNotice error={failed.error} retry={() => void failed.refetch()} />
  if (!claim.data || !explanation.data) return <PageSkeleton lines={14} />
  const { enterprise_name, credit_code, quarter, bank_name, loan_receipt, withheld_in } = claim.data
  return (
    <>
      <div className="no-print">
        <PageHeader
          title={t('claim-title', { enterprise: enterprise_name, quarter })}
          lead={
            <>
              <Link to={paths.organisation(credit_code)} className="mono">
                {credit_code}
              </Link>
              {' · '}
              <Link to={paths.claims()}>{t('back')}</Link>
            </>
          }
        />
      </div>
      {withheld_in === null ? null : (
        <p className="card claim-withheld no-print" role="status">
          {t('withheld-why')} <Link to={paths.batch(withheld_in)}>{t('withheld-batch')}</Link>
        </p>
      )}
      <ExplanationPanel
        explanation={explanation.data}
        subject={t('subject', {
          enterprise: enterprise_name,
          quarter,
          bank: bank_name,
          receipt: loan_receipt,
        })}
      />
    </>
  )
}
