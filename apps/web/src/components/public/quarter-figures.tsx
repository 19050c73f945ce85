import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { PublicFigures } from '../../api/public-figures.ts'
import { Amount } from '../../ui/amount.tsx'
import { lengthOf } from '../../ui/money.ts'

/** Quarter by quarter, the newest first; the bars are drawn beside figures that say the same. */
export function QuarterFigures({ quarters }: { readonly quarters: PublicFigures['quarters'] }) {
  const { t } = useTranslation('public')
  const largest = Math.max(1, ...quarters.map(({ figures }) => (figures ? lengthOf(figures.interest) : 0)))
  return (
    <table className="quarter-figures">
      <caption className="visually-hidden">{t('figures.by-quarter')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('figures.quarter')}</th>
          <th scope="col">{t('figures.interest')}</th>
          <th scope="col">{t('figures.enterprises-short')}</th>
          <th scope="col">{t('figures.loans-short')}</th>
          <th scope="col">{t('figures.days-short')}</th>
        </tr>
      </thead>
      <tbody>
        {quarters.toReversed().map(({ quarter, figures }) => (
          <tr key={quarter}>
            <th scope="row">{quarter}</th>
            {figures ? (
              <>
                <td className="quarter-figures-interest">
                  <span
                    className="quarter-figures-bar"
                    aria-hidden="true"
                    style={{ '--share': lengthOf(figures.interest) / largest } as CSSProperties}
                  />
                  <Amount yuan={figures.interest} />
                </td>
                <td data-label={t('figures.enterprises-short')}>
                  {figures.enterprises.toLocaleString('en')}
                </td>
                <td data-label={t('figures.loans-short')}>{figures.loans.toLocaleString('en')}</td>
                <td data-label={t('figures.days-short')}>{figures.days}</td>
              </>
            ) : (
              <td colSpan={4} className="quiet quarter-figures-withheld">
                {t('figures.withheld')}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
