import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Overview } from '../../api/enterprise.ts'
import { paths } from '../../app/paths.ts'
import { Amount } from '../../ui/amount.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { NothingDue } from './nothing-due.tsx'
import './next-money.css'

type Next = Overview['next']
type Expected = Extract<Next, { kind: 'expected' }>

const SIGN = { done: '✓', now: '●', ahead: '○' } as const

/** What comes next, when, and where it stands now; and where nothing comes, why. */
export function NextMoney({ next }: { readonly next: Next }) {
  const { t } = useTranslation('enterprise')
  return (
    <section className="card next-money" aria-labelledby="next-money" data-kind={next.kind}>
      <h2 id="next-money">{t('next-money.title')}</h2>
      {next.kind === 'expected' ? <ExpectedMoney next={next} /> : null}
      {next.kind === 'account' ? (
        <p>
          <Amount yuan={next.amount} exact size="large" /> {t('next-money.account')}{' '}
          <Link to={paths.payeeAccount()}>{t('account-correct')}</Link>
        </p>
      ) : null}
      {next.kind === 'none' ? <NoMoney loans={next.loans} /> : null}
    </section>
  )
}

function ExpectedMoney({ next }: { readonly next: Expected }) {
  const { t } = useTranslation('enterprise')
  return (
    <>
      <dl className="next-money-what">
        <div>
          <dt>{t('next-money.what')}</dt>
          <dd>
            {next.amount === null ? (
              <span className="next-money-open">{t('next-money.open')}</span>
            ) : (
              <Amount yuan={next.amount} exact size="large" />
            )}
          </dd>
        </div>
        <div>
          <dt>{t('next-money.when')}</dt>
          <dd className="next-money-day">
            <PlainDate date={next.expected_on} />
          </dd>
        </div>
      </dl>
      <ol className="next-money-steps">
        {next.timetable.map(({ step, on, state }) => (
          <li key={step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            <span className="next-money-sign" aria-hidden="true">
              {SIGN[state]}
            </span>
            <span>
              <strong>{t(`next-money.steps.${step}`)}</strong>
              <span className="small quiet next-money-on">
                {t(`next-money.states.${state}`)} <PlainDate date={on} />
              </span>
            </span>
          </li>
        ))}
      </ol>
      <p className="small quiet">
        {next.amount === null
          ? t('next-money.why-open')
          : t('next-money.why', { count: next.claims, quarter: next.quarter ?? '' })}{' '}
        {next.late ? t('next-money.late') : t('next-money.estimate')}
      </p>
    </>
  )
}

function NoMoney({ loans }: { readonly loans: Extract<Next, { kind: 'none' }>['loans'] }) {
  const { t } = useTranslation('enterprise')
  if (loans.length === 0) return <p>{t('nothing-due.no-loans')}</p>
  return (
    <>
      <p>{t('nothing-due.because')}</p>
      <ul className="next-money-reasons">
        {loans.map(loan => (
          <li key={loan.loan_receipt}>
            <NothingDue nothing={loan} receipt={loan.loan_receipt} />
          </li>
        ))}
      </ul>
    </>
  )
}
