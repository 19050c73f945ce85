import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import {
  listOrganisations,
  type OrganisationLine,
  SIZE_CLASSES,
  STATUSES,
  townsQuery,
} from '../../api/organisations.ts'
import { paths } from '../../app/paths.ts'
import type { Column, Filter } from '../../components/data-table/columns.ts'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { factText } from '../../components/registry/fact-text.ts'
import { PlainDate } from '../../ui/plain-date.tsx'
import { Tag } from '../../ui/tag.tsx'

export function OrganisationsPage() {
  const { t } = useTranslation('registry')
  const mayImport = useMe().permissions.includes('organisation.import')
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {mayImport ? (
          <Link to={paths.importOrganisations()} className="button">
            {t('import.open')}
          </Link>
        ) : null}
      </PageHeader>
      <DataTable
        name="organisations"
        title={t('title')}
        searchLabel={t('search')}
        columns={useColumns()}
        filters={useFilters()}
        load={listOrganisations}
        rowKey={row => row.id}
        link={row => paths.organisation(row.credit_code)}
        empty={t('empty')}
      />
    </>
  )
}

function useColumns(): readonly Column<OrganisationLine>[] {
  const { t } = useTranslation('registry')
  return [
    { key: 'name', title: t('facts.name'), render: row => row.name, text: row => row.name },
    {
      key: 'code',
      title: t('credit-code'),
      render: row => <span className="mono">{row.credit_code}</span>,
      text: row => row.credit_code,
    },
    {
      key: 'town',
      title: t('facts.town_code'),
      render: row => row.town_name ?? <span className="quiet">{t('not-known')}</span>,
      text: row => row.town_name ?? '',
    },
    {
      key: 'status',
      title: t('facts.status'),
      render: row => (
        <Tag tone={row.status === '存续' ? 'good' : 'plain'}>{row.status ?? t('not-known')}</Tag>
      ),
      text: row => row.status ?? '',
    },
    {
      key: 'size',
      title: t('facts.size_class'),
      render: row =>
        row.size_class ? factText(t, 'size_class', row.size_class) : <span className="quiet">—</span>,
      text: row => (row.size_class ? factText(t, 'size_class', row.size_class) : ''),
    },
    {
      key: 'capital',
      title: t('facts.capital'),
      figure: true,
      render: row => `${factText(t, 'capital', row.capital)} ${row.capital_currency ?? ''}`,
      text: row => row.capital ?? '',
    },
    {
      key: 'currency',
      title: t('facts.capital_currency'),
      hidden: true,
      render: row => row.capital_currency ?? '',
      text: row => row.capital_currency ?? '',
    },
    {
      key: 'established',
      title: t('facts.established_on'),
      render: row => <PlainDate date={row.established_on} />,
      text: row => row.established_on ?? '',
    },
    {
      key: 'kind',
      title: t('facts.kind'),
      hidden: true,
      render: row => row.kind ?? '',
      text: row => row.kind ?? '',
    },
    {
      key: 'industry',
      title: t('facts.industry_code'),
      hidden: true,
      render: row => row.industry_code ?? '',
      text: row => row.industry_code ?? '',
    },
  ]
}

function useFilters(): readonly Filter[] {
  const { t } = useTranslation('registry')
  const towns = useQuery(townsQuery).data?.items ?? []
  return [
    {
      key: 'town',
      label: t('facts.town_code'),
      options: [
        ...towns.filter(town => town.valid_to === null).map(town => ({ value: town.code, label: town.name })),
        { value: 'none', label: t('no-town') },
      ],
    },
    {
      key: 'status',
      label: t('facts.status'),
      options: STATUSES.map(each => ({ value: each, label: each })),
    },
    {
      key: 'size_class',
      label: t('facts.size_class'),
      options: SIZE_CLASSES.map(each => ({ value: each, label: t(`sizes.${each}`) })),
    },
  ]
}
