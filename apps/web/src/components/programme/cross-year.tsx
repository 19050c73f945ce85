import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import type { Programme } from '../../api/programme.ts'
import { paths } from '../../app/paths.ts'
import { Amount } from '../../ui/amount.tsx'
import { fenOf, yuanOf } from '../../ui/money.ts'

interface CrossYearProps {
  readonly programme: Programme
}

/** Why the budget of a year and its interest do not show the same sums. */
export function CrossYear({ programme }: CrossYearProps) {
  const { t } = useTranslation('programme')
  const { user, permissions } = useMe()
  const mayOpen = permissions.includes('batch.read')
  const { cross_year_batches: batches, budget, quarters, year } = programme
  const arrived = quarters.reduce((sum, { paid }) => sum + fenOf(paid), 0n)
  const apart = fenOf(budget.paid) - arrived
  // A town's flow is its own, the budget is the city's: between those there is nothing to explain.
  const differs = apart !== 0n && user?.role !== 'town'
  if (batches.length === 0 && !differs) return null
  return (
    <aside className="cross-year small" aria-label={t('cross-year.title')}>
      <p>{t('cross-year.title')}</p>
      {differs ? (
        <p>
          {t('cross-year.budget-paid')} <Amount yuan={budget.paid} exact />
          {t('cross-year.interest-paid')} <Amount yuan={yuanOf(arrived)} exact />
          {t('cross-year.apart')} <Amount yuan={yuanOf(apart)} exact />
        </p>
      ) : null}
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
