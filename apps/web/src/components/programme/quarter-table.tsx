import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Programme } from '../../api/programme.ts'
import { paths } from '../../app/paths.ts'
import { Amount } from '../../ui/amount.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'

export function QuarterTable({ quarters }: { readonly quarters: Programme['quarters'] }) {
  const { t } = useTranslation('programme')
  if (quarters.length === 0) return <p className="quiet">{t('quarters.none')}</p>
  return (
    <ScrollRegion title={t('quarters.title')} className="simple-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('quarters.quarter')}</th>
            <th scope="col">{t('quarters.claims')}</th>
            <th scope="col">{t('quarters.interest')}</th>
            <th scope="col">{t('quarters.amount')}</th>
            <th scope="col">{t('quarters.paid')}</th>
          </tr>
        </thead>
        <tbody>
          {quarters.map(({ quarter, claims, interest, amount, paid }) => (
            <tr key={quarter}>
              <td>
                <Link to={`${paths.claims()}?quarter=${quarter}`}>{quarter}</Link>
              </td>
              <td>{claims.toLocaleString('en')}</td>
              <td>
                <Amount yuan={interest} />
              </td>
              <td>
                <Amount yuan={amount} />
              </td>
              <td>
                <Amount yuan={paid} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
