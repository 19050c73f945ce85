import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/claims.ts'
import { Amount } from '../../ui/amount.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { percent } from '../../ui/rate.ts'

/** The interest of the period by balance segments: first day counted, last not, rounded once. */
export function InterestSteps({ interest }: { readonly interest: Explanation['interest'] }) {
  const { t } = useTranslation('explanation')
  return (
    <section className="explanation-section">
      <h3>
        {t('interest')} <span className="small quiet">{t('day-count', { rule: interest.day_count })}</span>
      </h3>
      {interest.steps.length === 0 ? null : (
        <table className="explanation-table explanation-figures">
          <thead>
            <tr>
              <th scope="col">{t('from')}</th>
              <th scope="col">{t('until')}</th>
              <th scope="col">{t('days')}</th>
              <th scope="col">{t('balance')}</th>
              <th scope="col">{t('principal')}</th>
              <th scope="col">{t('rate')}</th>
              <th scope="col">{t('interest-exact')}</th>
            </tr>
          </thead>
          <tbody>
            {interest.steps.map(step => (
              <tr key={step.from}>
                <td data-label={t('from')}>
                  <PlainDate date={step.from} />
                </td>
                <td data-label={t('until')}>
                  <PlainDate date={step.to} />
                </td>
                <td data-label={t('days')}>{step.days}</td>
                <td data-label={t('balance')}>
                  <Amount yuan={step.balance} exact />
                </td>
                <td data-label={t('principal')}>
                  <Amount yuan={step.principal} exact />
                </td>
                <td data-label={t('rate')}>{percent(step.annual_rate)}</td>
                <td data-label={t('interest-exact')}>{step.exact}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <dl className="explanation-compare">
        {(['reported', 'computed', 'eligible'] as const).map(kind => {
          const yuan = interest[kind]
          return (
            <div key={kind}>
              <dt>{t(`interest-${kind}`)}</dt>
              <dd>{yuan === null ? t('rule.missing') : <Amount yuan={yuan} exact />}</dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
