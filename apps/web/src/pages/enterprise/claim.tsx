import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { claimQuery, explanationQuery } from '../../api/claims.ts'
import { paths } from '../../app/paths.ts'
import { ExplanationPanel } from '../../components/explanation/explanation-panel.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'

/** Why my claim was decided as it was: the same panel that the bureau sees. */
export function EnterpriseClaimPage() {
  const { t } = useTranslation(['claims', 'enterprise'])
  const { id = '' } = useParams({ strict: false })
  const claim = useQuery(claimQuery(id))
  const explanation = useQuery(explanationQuery(id))
  const failed = claim.isError ? claim : explanation.isError ? explanation : undefined
  if (failed) return <ProblemNotice error={failed.error} retry={() => void failed.refetch()} />
  if (!claim.data || !explanation.data) return <PageSkeleton lines={14} />
  const { enterprise_name, quarter, bank_name, loan_receipt } = claim.data
  return (
    <>
      <div className="no-print">
        <PageHeader
          title={t('enterprise:claim-title', { quarter })}
          lead={<Link to={paths.enterprise()}>{t('enterprise:back')}</Link>}
        />
      </div>
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
