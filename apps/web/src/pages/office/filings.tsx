import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FILING_STATES, type FilingLine, listFilings } from '../../api/filings.ts'
import { useMe } from '../../api/me.ts'
import { paths } from '../../app/paths.ts'
import type { Column } from '../../components/data-table/columns.ts'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { FilingStateTag } from '../../components/filings/filing-state-tag.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { EnterFilingForm } from '../../forms/enter-filing.tsx'
import { Amount } from '../../ui/amount.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'

/** Projects on file. */
export function FilingsPage() {
  const { t } = useTranslation('filings')
  const { permissions } = useMe()
  const [open, setOpen] = useState(false)
  const navigate = useNavigate()
  const filtered = Object.keys(useSearch({ strict: false })).length > 0
  const mayChange = permissions.includes('filing.change')
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {permissions.includes('filing.import') ? (
          <Link to={paths.importFilings()} className="button">
            {t('import-open')}
          </Link>
        ) : null}
        {mayChange ? (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('enter')}
          </Button>
        ) : null}
      </PageHeader>
      <DataTable
        name="filings"
        title={t('title')}
        searchLabel={t('search')}
        columns={useColumns()}
        filters={[
          {
            key: 'state',
            label: t('state'),
            options: FILING_STATES.map(state => ({ value: state, label: t(`states.${state}`) })),
          },
        ]}
        load={listFilings}
        rowKey={row => row.id}
        link={row => paths.filing(row.id)}
        empty={t(filtered ? 'none-found' : 'empty')}
      />
      <Modal
        open={open}
        title={t('form.enter-title')}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(false)}
      >
        <EnterFilingForm onDone={id => void navigate({ to: paths.filing(id) })} />
      </Modal>
    </>
  )
}

function useColumns(): readonly Column<FilingLine>[] {
  const { t } = useTranslation('filings')
  const amount = (yuan: string | null) => (yuan === null ? t('not-known') : <Amount yuan={yuan} exact />)
  return [
    {
      key: 'number',
      title: t('filing-number'),
      render: row => <span className="mono">{row.filing_number}</span>,
      text: row => row.filing_number,
    },
    {
      key: 'project',
      title: t('facts.project_name'),
      render: row => row.project_name,
      text: row => row.project_name,
    },
    {
      key: 'enterprise',
      title: t('enterprise'),
      render: row => row.enterprise_name,
      text: row => row.enterprise_name,
    },
    {
      key: 'code',
      title: t('credit-code'),
      hidden: true,
      render: row => <span className="mono">{row.credit_code}</span>,
      text: row => row.credit_code,
    },
    {
      key: 'state',
      title: t('state'),
      render: row => <FilingStateTag state={row.state} />,
      text: row => t(`states.${row.state}`),
    },
    {
      key: 'investment',
      title: t('facts.verified_investment'),
      figure: true,
      render: row => amount(row.verified_investment),
      text: row => row.verified_investment ?? '',
    },
    {
      key: 'civil-works',
      title: t('facts.civil_works'),
      figure: true,
      hidden: true,
      render: row => amount(row.civil_works),
      text: row => row.civil_works ?? '',
    },
    {
      key: 'approval',
      title: t('facts.approval_number'),
      hidden: true,
      render: row => row.approval_number ?? t('not-known'),
      text: row => row.approval_number ?? '',
    },
    {
      key: 'town',
      title: t('town'),
      hidden: true,
      render: row => row.town_name ?? t('not-known'),
      text: row => row.town_name ?? '',
    },
    {
      key: 'filed',
      title: t('facts.filed_on'),
      render: row => <PlainDate date={row.filed_on} />,
      text: row => row.filed_on,
    },
    {
      key: 'loans',
      title: t('loans'),
      figure: true,
      render: row => String(row.loans),
      text: row => String(row.loans),
    },
  ]
}
