import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Loan } from '../../api/enterprise.ts'
import { paths } from '../../app/paths.ts'
import { Amount } from '../../ui/amount.tsx'
import { AnswerTag } from '../../ui/answer-tag.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { percent } from '../../ui/rate.ts'
import { NothingDue } from './nothing-due.tsx'

/** A year of quarters; what is older folds away. */
const SHOWN_AT_FIRST = 4

interface LoanCardProps {
  readonly loan: Loan
  /** The account that was rejected is still the newest: what came back waits for the enterprise. */
  readonly correctionNeeded: boolean
}

/** A loan with its periods: what was answered for each, how much, how far it has come, and the way to why. */
export function LoanCard({ loan, correctionNeeded }: LoanCardProps) {
  const { t } = useTranslation('enterprise')
  return (
    <article className="card loan" aria-label={`${loan.bank_name} ${loan.loan_receipt}`}>
      <header>
        <h3>{loan.project_name ?? t('no-project')}</h3>
        <p className="small quiet">
          {loan.bank_name} · <span className="mono">{loan.loan_receipt}</span>
        </p>
      </header>
      <dl className="loan-facts">
        <div>
          <dt>{t('principal')}</dt>
          <dd>
            <Amount yuan={loan.principal} />
          </dd>
        </div>
        <div>
          <dt>{t('balance')}</dt>
          <dd>
            <Amount yuan={loan.balance} />
          </dd>
        </div>
        <div>
          <dt>{t('rate')}</dt>
          <dd className="figures">{percent(loan.annual_rate)}</dd>
        </div>
        <div>
          <dt>{t('term')}</dt>
          <dd>
            <PlainDate date={loan.granted_on} /> – <PlainDate date={loan.matures_on} />
          </dd>
        </div>
      </dl>
      {loan.claims.length === 0 ? <p className="small quiet">{t('claims-none')}</p> : null}
      {loan.nothing_due ? (
        <div className="loan-nothing small">
          <NothingDue nothing={loan.nothing_due} />
        </div>
      ) : null}
      <ClaimList claims={loan.claims.slice(0, SHOWN_AT_FIRST)} correctionNeeded={correctionNeeded} />
      {loan.claims.length > SHOWN_AT_FIRST ? (
        <details className="loan-earlier">
          <summary>{t('earlier', { count: loan.claims.length - SHOWN_AT_FIRST })}</summary>
          <ClaimList claims={loan.claims.slice(SHOWN_AT_FIRST)} correctionNeeded={correctionNeeded} />
        </details>
      ) : null}
    </article>
  )
}

interface ClaimListProps {
  readonly claims: Loan['claims']
  readonly correctionNeeded: boolean
}

function ClaimList({ claims, correctionNeeded }: ClaimListProps) {
  const { t } = useTranslation('enterprise')
  const stageOf = ({ stage }: Loan['claims'][number]) =>
    stage === 'rejected' && !correctionNeeded ? 'corrected' : stage
  return (
    <ul className="loan-claims">
      {claims.map(claim => (
        <li key={claim.id}>
          <Link to={paths.enterpriseClaim(claim.id)} data-row="">
            <span className="loan-quarter">{claim.quarter}</span>
            <AnswerTag answer={claim.answer} />
            <span className="loan-amount">
              <Amount yuan={claim.amount} exact />
            </span>
            <span className="small quiet loan-stage">
              {claim.answer === 'eligible' ? t(`stages.${stageOf(claim)}`) : t(`next.${claim.answer}`)}
            </span>
            <span className="small loan-why">{t('why')}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
