import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Filing, filingQuery } from '../../api/filings.ts'
import { useMe } from '../../api/me.ts'
import { paths } from '../../app/paths.ts'
import { FactValue } from '../../components/filings/fact-value.tsx'
import { FactOrigin, FilingHistory } from '../../components/filings/filing-history.tsx'
import { FilingStateTag } from '../../components/filings/filing-state-tag.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ChangeFilingForm } from '../../forms/change-filing.tsx'
import { WithdrawFilingForm } from '../../forms/withdraw-filing.tsx'
import { Amount } from '../../ui/amount.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import '../../ui/simple-table.css'
import './organisation.css'

export function FilingPage() {
  const { id = '' } = useParams({ strict: false })
  const filing = useQuery(filingQuery(id))
  if (filing.isError) return <ProblemNotice error={filing.error} retry={() => void filing.refetch()} />
  if (!filing.data) return <PageSkeleton lines={14} />
  return <OneFiling filing={filing.data} />
}

/** What is on file of a project, where each fact came from, what it was before, and the loans that name it. */
function OneFiling({ filing }: { readonly filing: Filing }) {
  const { t } = useTranslation('filings')
  const mayReadClaims = useMe().permissions.includes('claim.read')
  return (
    <>
      <PageHeader
        title={filing.project_name}
        lead={
          <>
            <span className="mono">{filing.filing_number}</span> <FilingStateTag state={filing.state} />{' '}
            <Link to={paths.organisation(filing.credit_code)}>{filing.enterprise_name}</Link>
          </>
        }
      >
        {mayReadClaims ? (
          <Link to={`${paths.claims()}?q=${filing.credit_code}`} className="button">
            {t('claims')}
          </Link>
        ) : null}
        <Steps filing={filing} />
      </PageHeader>
      <section className="card organisation-facts" aria-labelledby="facts">
        <h2 id="facts">{t('facts-title')}</h2>
        <dl>
          {filing.sources.map(({ fact, source }) => (
            <div key={fact}>
              <dt>{t(`facts.${fact}`)}</dt>
              <dd>
                <FactValue fact={fact} value={filing[fact]} />
              </dd>
              <dd className="small quiet">
                <FactOrigin source={source} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <FilingHistory history={filing.history} />
      <section className="card organisation-facts" aria-labelledby="loans">
        <h2 id="loans">{t('loans-title')}</h2>
        {filing.loans.length === 0 ? (
          <p className="quiet">{t('no-loans')}</p>
        ) : (
          <ScrollRegion title={t('loans-title')} className="simple-table">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('receipt')}</th>
                  <th scope="col">{t('bank')}</th>
                  <th scope="col">{t('granted')}</th>
                  <th scope="col">{t('principal')}</th>
                </tr>
              </thead>
              <tbody>
                {filing.loans.map(loan => (
                  <tr key={loan.loan_receipt}>
                    <th scope="row" className="mono">
                      {loan.loan_receipt}
                    </th>
                    <td>{loan.bank_name}</td>
                    <td>
                      <PlainDate date={loan.granted_on} />
                    </td>
                    <td>
                      <Amount yuan={loan.principal} exact />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </section>
    </>
  )
}

/** What can be done; who may not is told why. */
function Steps({ filing }: { readonly filing: Filing }) {
  const { t } = useTranslation('filings')
  const mayChange = useMe().permissions.includes('filing.change')
  const [open, setOpen] = useState<'change' | 'withdraw'>()
  const close = () => setOpen(undefined)
  const withdrawn = filing.state === 'revoked'
  const why = mayChange ? (withdrawn ? t('withdrawn-why') : undefined) : t('not-officer')
  return (
    <div data-shortcut="actions" className="action-with-reason">
      <Button disabled={!mayChange} onClick={() => setOpen('change')}>
        {t('change')}
      </Button>{' '}
      <Button danger disabled={!mayChange || withdrawn} onClick={() => setOpen('withdraw')}>
        {t('withdraw')}
      </Button>
      {why ? <p className="small quiet">{why}</p> : null}
      <Modal
        open={open !== undefined}
        title={t(open === 'withdraw' ? 'form.withdraw-title' : 'form.change-title', {
          number: filing.filing_number,
        })}
        footer={null}
        destroyOnHidden
        onCancel={close}
      >
        {open === 'withdraw' ? <WithdrawFilingForm filing={filing} onDone={close} /> : null}
        {open === 'change' ? <ChangeFilingForm filing={filing} onDone={close} /> : null}
      </Modal>
    </div>
  )
}
