import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Batch, batchQuery } from '../../api/batches.ts'
import { listClaims } from '../../api/claims.ts'
import { paths } from '../../app/paths.ts'
import { BatchActionBar } from '../../components/batch/action-bar.tsx'
import { BatchFigures } from '../../components/batch/batch-figures.tsx'
import { BatchLines } from '../../components/batch/batch-lines.tsx'
import { BatchStateTag } from '../../components/batch/batch-state-tag.tsx'
import { BatchObjections } from '../../components/batch/objections.tsx'
import { BatchTimeline } from '../../components/batch/timeline.tsx'
import { useClaimColumns } from '../../components/claims/claim-columns.tsx'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RemarkForm } from '../../forms/remark.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import './batch.css'

export function BatchPage() {
  const { id = '' } = useParams({ strict: false })
  const batch = useQuery(batchQuery(id))
  if (batch.isError) return <ProblemNotice error={batch.error} retry={() => void batch.refetch()} />
  if (!batch.data) return <PageSkeleton lines={14} />
  return <OneBatch batch={batch.data} />
}

/** Totals, exceptions first, a sample for checking, what was noted; where it stands and what comes next. */
function OneBatch({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation('batches')
  return (
    <>
      <PageHeader
        title={t('batch-title', { number: batch.number })}
        lead={<Link to={paths.batches()}>{t('back')}</Link>}
      >
        <BatchStateTag state={batch.state} />
      </PageHeader>
      <div className="batch">
        <div className="batch-main">
          <BatchFigures batch={batch} />
          <BatchObjections batch={batch} />
          <BatchLines batch={batch} kind="exceptions" />
          <BatchLines batch={batch} kind="sample" />
          <AllLines batch={batch} />
        </div>
        <aside className="batch-side" aria-label={t('history')}>
          <BatchTimeline batch={batch} />
          <section className="card batch-notes">
            <RemarkForm batchId={batch.id} />
          </section>
        </aside>
      </div>
      <BatchActionBar batch={batch} />
    </>
  )
}

/** Every line: open where there is room; on a phone behind its title, and only then asked for. */
function AllLines({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation(['batches', 'claims'])
  const narrow = useNarrow()
  const [opened, setOpened] = useState(false)
  const columns = useClaimColumns().map(column =>
    column.key === 'quarter' || column.key === 'interest' ? { ...column, hidden: true } : column,
  )
  return (
    <section aria-labelledby="lines" className="batch-section">
      <h2 id="lines">
        {t('all-lines')} <span className="small quiet">{t('count', { count: batch.claims })}</span>
      </h2>
      {narrow && !opened ? (
        <p>
          <Button onClick={() => setOpened(true)}>{t('show-all', { count: batch.claims })}</Button>
        </p>
      ) : (
        <DataTable
          name="batch-claims"
          title={t('all-lines')}
          searchLabel={t('claims:search')}
          columns={columns}
          load={request => listClaims({ ...request, filters: { batch_id: batch.id } })}
          rowKey={claim => claim.id}
          link={claim => paths.claim(claim.id)}
          empty={t('lines-empty')}
        />
      )}
    </section>
  )
}
