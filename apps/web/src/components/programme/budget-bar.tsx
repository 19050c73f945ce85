import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import type { Programme } from '../../api/programme.ts'
import { paths } from '../../app/paths.ts'
import { Amount } from '../../ui/amount.tsx'
import { fenOf } from '../../ui/money.ts'
import './budget-bar.css'

const PARTS = ['paid', 'ordered', 'held', 'available'] as const

/** The year's appropriation as one bar: what is paid, on its way, held, and still free. */
export function BudgetBar({ budget }: { readonly budget: Programme['budget'] }) {
  const { t } = useTranslation('programme')
  const ledger = useMe().permissions.includes('ledger.read') ? paths.ledger() : undefined
  const whole = fenOf(budget.appropriated)
  const share = (yuan: string) => (whole === 0n ? 0 : Number((fenOf(yuan) * 10_000n) / whole) / 100)
  return (
    <div className="budget">
      <p className="budget-whole">
        <span className="quiet">{t('budget.appropriated')}</span>{' '}
        <Amount yuan={budget.appropriated} size="large" />
      </p>
      <div className="budget-bar" aria-hidden="true">
        {PARTS.map(part => (
          <span
            key={part}
            className={`budget-part budget-${part}`}
            style={{ width: `${share(budget[part])}%` }}
          />
        ))}
      </div>
      <dl className="budget-legend">
        {PARTS.map(part => (
          <div key={part}>
            <dt>
              <span className={`budget-key budget-${part}`} aria-hidden="true" />
              {t(`budget.${part}`)}
            </dt>
            <dd>
              <Amount yuan={budget[part]} explained={ledger} />{' '}
              <span className="quiet small">{share(budget[part]).toFixed(1)}%</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
