import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import type { Programme } from '../../api/programme.ts'
import { paths } from '../../app/paths.ts'
import { Amount } from '../../ui/amount.tsx'

interface CrossYearProps {
  readonly batches: Programme['cross_year_batches']
  readonly year: number
}

/** Why the budget of a year and its interest do not show the same sums. */
export function CrossYear({ batches, year }: CrossYearProps) {
  const { t } = useTranslation('programme')
  const mayOpen = useMe().permissions.includes('batch.read')
  if (batches.length === 0) return null
  return (
    <aside className="cross-year small" aria-label={t('cross-year.title')}>
      <p>{t('cross-year.title')}</p>
      <ul>
        {batches.map(batch => (
          <li key={batch.id}>
            {mayOpen ? <Link to={paths.batch(batch.id)}>{batch.number}</Link> : batch.number}{' '}
            <Amount yuan={batch.total} exact />{' '}
            {batch.budget_year === year
              ? t('cross-year.from-before', { year: batch.interest_year })
              : t('cross-year.paid-later', { year: batch.budget_year })}
          </li>
        ))}
      </ul>
    </aside>
  )
}
