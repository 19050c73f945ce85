import { useTranslation } from 'react-i18next'
import { listClaims } from '../../api/claims.ts'
import { paths } from '../../app/paths.ts'
import { useClaimColumns, useClaimFilters } from '../../components/claims/claim-columns.tsx'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'

export function ClaimsPage() {
  const { t } = useTranslation('claims')
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <DataTable
        name="claims"
        title={t('title')}
        searchLabel={t('search')}
        columns={useClaimColumns()}
        filters={useClaimFilters()}
        load={listClaims}
        rowKey={claim => claim.id}
        link={claim => paths.claim(claim.id)}
        empty={t('empty')}
      />
    </>
  )
}
