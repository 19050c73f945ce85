import { useTranslation } from 'react-i18next'
import type { Batch } from '../../api/batches.ts'
import { Amount } from '../../ui/amount.tsx'
import { AnswerTag } from '../../ui/answer-tag.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import '../../ui/simple-table.css'

/** Totals: what the batch pays, by bank, what became of it, and what of the quarter stays outside it. */
export function BatchFigures({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation(['batches', 'common'])
  return (
    <section className="card batch-figures" aria-labelledby="totals">
      <h2 id="totals" className="visually-hidden">
        {t('totals')}
      </h2>
      <div className="batch-figures-side">
        <div className="batch-sum">
          <p className="quiet small">{t('total')}</p>
          <Amount yuan={batch.total} exact size="large" />
          <p className="quiet small">{t('sum-of', { count: batch.claims, quarter: batch.quarter })}</p>
        </div>
        <ScrollRegion title={t('payments')} className="simple-table">
          <table>
            <caption className="small quiet">{t('payments')}</caption>
            <tbody>
              {batch.payments.map(payment => (
                <tr key={payment.state}>
                  <th scope="row">{t(`common:line-state.${payment.state}`)}</th>
                  <td>{t('count', { count: payment.claims })}</td>
                  <td>
                    <Amount yuan={payment.amount} exact />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
        {batch.outside.length === 0 ? null : (
          <ScrollRegion title={t('outside')} className="simple-table">
            <table>
              <caption className="small quiet">{t('outside')}</caption>
              <tbody>
                {batch.outside.map(row => (
                  <tr key={row.answer}>
                    <th scope="row">
                      <AnswerTag answer={row.answer} />
                    </th>
                    <td>{t('count', { count: row.claims })}</td>
                    <td>
                      <Amount yuan={row.interest} exact />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </div>
      <ScrollRegion title={t('by-bank')} className="simple-table">
        <table>
          <caption className="small quiet">{t('by-bank')}</caption>
          <tbody>
            {batch.by_bank.map(bank => (
              <tr key={bank.bank_code}>
                <th scope="row">{bank.bank_name}</th>
                <td>{t('count', { count: bank.claims })}</td>
                <td>
                  <Amount yuan={bank.amount} exact />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )
}
