import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/claims.ts'
import { useMe } from '../../api/me.ts'
import { paths } from '../../app/paths.ts'
import { Amount } from '../../ui/amount.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { batchLineStateKey, journalKindKey, reasonKey } from '../../ui/state-words.ts'

/** Forward to the money: the batches, who prepared and approved them, the payment, the journal entries. */
export function MoneyPath({ path }: { readonly path: Explanation['path'] }) {
  const { t } = useTranslation(['explanation', 'common'])
  const mayOpen = useMe().permissions.includes('batch.read')
  return (
    <section className="explanation-section">
      <h3>{t('path')}</h3>
      {path.batches.length === 0 ? <p className="quiet">{t('path-none')}</p> : null}
      <ul className="explanation-path">
        {path.batches.map(batch => (
          <li key={batch.batch_id}>
            <p>
              {mayOpen ? <Link to={paths.batch(batch.batch_id)}>{batch.number}</Link> : batch.number}{' '}
              <Amount yuan={batch.amount} exact /> · {t(batchLineStateKey(batch.state))}
            </p>
            <p className="small quiet">
              {t('prepared', { person: batch.prepared_by, day: batch.prepared_on })}
              {batch.decided_by && batch.decided_on
                ? ` · ${t('approved', { person: batch.decided_by, day: batch.decided_on })}`
                : ''}
            </p>
            {batch.payment ? (
              <p className="small quiet">
                {t('payment')} <span className="mono">{batch.payment.end_to_end_id}</span> ·{' '}
                <Amount yuan={batch.payment.amount} exact />
                {batch.payment.settled_on ? (
                  <>
                    {' · '}
                    {t('settled')} <PlainDate date={batch.payment.settled_on} />
                  </>
                ) : null}
                {batch.payment.reason_code
                  ? ` · ${t('rejected', { reason: t(reasonKey(batch.payment.reason_code), { code: batch.payment.reason_code }) })}`
                  : ''}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      {path.journal.length === 0 ? null : (
        <table className="explanation-table explanation-journal">
          <caption>{t('journal')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col">{t('entry')}</th>
              <th scope="col">{t('memo')}</th>
              <th scope="col">{t('amount')}</th>
            </tr>
          </thead>
          <tbody>
            {path.journal.map(entry => (
              <tr key={entry.entry_id}>
                <td data-label={t('day')}>
                  <PlainDate date={entry.business_date} />
                </td>
                <td data-label={t('entry')}>{t(journalKindKey(entry.kind))}</td>
                <td data-label={t('memo')}>{entry.memo}</td>
                <td data-label={t('amount')}>
                  <Amount yuan={entry.amount} exact />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
