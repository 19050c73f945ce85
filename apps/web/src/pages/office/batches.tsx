import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { listBatches, prepareBatch } from '../../api/batches.ts'
import { useMe } from '../../api/me.ts'
import { paths } from '../../app/paths.ts'
import { queries } from '../../app/queries.ts'
import { batchColumns, batchFilters } from '../../components/batch/batch-columns.tsx'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useRequestKey } from '../../forms/request-key.ts'
import { ProblemNotice } from '../../ui/problem-notice.tsx'

export function BatchesPage() {
  const { t } = useTranslation('batches')
  const navigate = useNavigate()
  const mayPrepare = useMe().permissions.includes('batch.prepare')
  const { key, renew } = useRequestKey('prepare-batch')
  const prepare = useMutation({
    mutationFn: () => prepareBatch(key),
    onSuccess: async batch => {
      renew()
      await queries.invalidateQueries()
      await navigate({ to: paths.batch(batch.id) })
    },
  })
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        <div data-shortcut="actions" className="action-with-reason">
          <Button
            type="primary"
            disabled={!mayPrepare}
            loading={prepare.isPending}
            onClick={() => prepare.mutate()}
          >
            {t('prepare')}
          </Button>
          {mayPrepare ? null : <p className="small quiet">{t('why.no-permission-prepare')}</p>}
        </div>
      </PageHeader>
      {prepare.isError ? <ProblemNotice error={prepare.error} /> : null}
      <DataTable
        name="batches"
        title={t('title')}
        searchLabel={t('search')}
        columns={batchColumns(t)}
        filters={batchFilters(t)}
        load={listBatches}
        rowKey={batch => batch.id}
        link={batch => paths.batch(batch.id)}
        empty={t('empty')}
      />
    </>
  )
}
