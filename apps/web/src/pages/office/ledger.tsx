import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountsQuery, listEntries } from '../../api/ledger.ts'
import { useMe } from '../../api/me.ts'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { AccountTable } from '../../components/ledger/account-table.tsx'
import { useEntryColumns, useEntryFilters } from '../../components/ledger/use-entry-columns.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { AppropriateForm } from '../../forms/appropriate.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import './ledger.css'

/** The accounts of the programme and the journal behind them; nothing in it can be edited. */
export function LedgerPage() {
  const { t } = useTranslation('ledger')
  const mayAppropriate = useMe().permissions.includes('budget.appropriate')
  const [open, setOpen] = useState(false)
  const accounts = useQuery(accountsQuery)
  const filtered = Object.keys(useSearch({ strict: false })).length > 0
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        <div data-shortcut="actions" className="action-with-reason">
          <Button disabled={!mayAppropriate} onClick={() => setOpen(true)}>
            {t('appropriate')}
          </Button>
          {mayAppropriate ? null : <p className="small quiet">{t('appropriate-why')}</p>}
        </div>
      </PageHeader>
      <div className="ledger">
        {accounts.isPending ? <PageSkeleton /> : null}
        {accounts.isError ? (
          <ProblemNotice error={accounts.error} retry={() => void accounts.refetch()} />
        ) : null}
        {accounts.data ? <AccountTable accounts={accounts.data.items} /> : null}
        <section aria-labelledby="journal" className="ledger-journal">
          <h2 id="journal">{t('journal')}</h2>
          <DataTable
            name="ledger-entries"
            title={t('journal')}
            searchLabel={t('search')}
            columns={useEntryColumns()}
            filters={useEntryFilters()}
            hiddenFilters={['reference_kind', 'reference_id']}
            load={listEntries}
            rowKey={entry => entry.id}
            empty={t(filtered ? 'none-found' : 'empty')}
          />
        </section>
      </div>
      <Modal
        open={open}
        title={t('appropriate')}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(false)}
      >
        <AppropriateForm onDone={() => setOpen(false)} />
      </Modal>
    </>
  )
}
