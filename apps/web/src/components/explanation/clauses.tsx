import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/claims.ts'

interface ClausesProps {
  readonly clauses: readonly Pick<Explanation['clauses'][number], 'name' | 'text' | 'address'>[]
  readonly level?: 'h2' | 'h3'
}

/** The clauses that the rule was written from, in their own words. */
export function Clauses({ clauses, level: Heading = 'h3' }: ClausesProps) {
  const { t } = useTranslation('explanation')
  if (clauses.length === 0) return null
  return (
    <section className="explanation-section">
      <Heading>{t('clauses')}</Heading>
      <ul className="explanation-clauses">
        {clauses.map(clause => (
          <li key={clause.name}>
            {clause.address ? (
              <a href={clause.address} target="_blank" rel="noreferrer">
                {clause.name}
              </a>
            ) : (
              <strong>{clause.name}</strong>
            )}
            {clause.text ? <p className="small">{clause.text}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
