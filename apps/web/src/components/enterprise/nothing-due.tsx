import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Loan } from '../../api/enterprise.ts'
import { inLanguage } from '../../app/labels.ts'
import { paths } from '../../app/paths.ts'
import { valueInWords } from '../explanation/feel-words.ts'
import { MissingFacts } from '../explanation/missing-facts.tsx'
import { useRuleWords } from '../explanation/use-rule-words.ts'

interface NothingDueProps {
  readonly nothing: NonNullable<Loan['nothing_due']>
  /** Named where it is not clear which loan is meant. */
  readonly receipt?: string
}

/** Why nothing is due for a loan: the condition that failed with its value, or the fact that is missing and from whom. */
export function NothingDue({ nothing, receipt }: NothingDueProps) {
  const { t } = useTranslation('enterprise')
  const words = useRuleWords()
  return (
    <>
      <p>
        {receipt ? <span className="mono small">{receipt} </span> : null}
        {t(`nothing-due.reasons.${nothing.reason}`)}{' '}
        {nothing.claim_id ? (
          <Link to={paths.enterpriseClaim(nothing.claim_id)} className="small">
            {t('why')}
          </Link>
        ) : null}
      </p>
      {nothing.conditions.length === 0 ? null : (
        <ul className="nothing-due small">
          {nothing.conditions.map(line => (
            <li key={line.label.zh}>
              {inLanguage(line.question ?? line.label)}{' '}
              {line.missing.length > 0 ? (
                <MissingFacts line={line} />
              ) : (
                <strong>{t('nothing-due.actual', { value: valueInWords(line.value, words) })}</strong>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
