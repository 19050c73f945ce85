import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type PublicFigures as Figures, publicFiguresQuery } from '../../api/public-figures.ts'
import { Amount } from '../../ui/amount.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { QuarterFigures } from './quarter-figures.tsx'
import './public-figures.css'

/** What the programme has done, as anyone may know it. The page stands without it: nothing here holds it up. */
export function PublicFigures() {
  const { t } = useTranslation('public')
  const found = useQuery(publicFiguresQuery)
  return (
    <section aria-labelledby="front-figures" className="public-figures">
      <h2 id="front-figures">{t('figures.title')}</h2>
      {found.isError ? <p className="quiet">{t('figures.unavailable')}</p> : null}
      {found.data ? <Published figures={found.data} /> : null}
    </section>
  )
}

function Published({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation('public')
  const { total, quarters, enterprises_min } = figures
  if (!total)
    return <p className="public-figures-none card">{t('figures.none', { count: enterprises_min })}</p>
  return (
    <>
      <dl className="public-figures-total">
        <div>
          <dt>{t('figures.enterprises')}</dt>
          <dd className="figures">{total.enterprises.toLocaleString('en')}</dd>
        </div>
        <div>
          <dt>{t('figures.loans')}</dt>
          <dd className="figures">{total.loans.toLocaleString('en')}</dd>
        </div>
        <div className="public-figures-money">
          <dt>{t('figures.interest')}</dt>
          <dd>
            <Amount yuan={total.interest} />
          </dd>
        </div>
        <div>
          <dt>{t('figures.days')}</dt>
          <dd className="figures">
            {total.days} <span className="public-figures-unit">{t('figures.days-unit')}</span>
          </dd>
        </div>
      </dl>
      <QuarterFigures quarters={quarters} />
      <p className="small quiet">
        {t('figures.rule', { count: enterprises_min })} {t('figures.published')}{' '}
        <PlainDate date={total.published_on} />
      </p>
    </>
  )
}
