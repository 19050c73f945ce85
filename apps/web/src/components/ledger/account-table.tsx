import { useTranslation } from 'react-i18next'
import { ACCOUNT_KINDS, type Account } from '../../api/ledger.ts'
import { Amount } from '../../ui/amount.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import '../../ui/simple-table.css'

/** One line a budget year, one column a kind of account; a year adds up to nothing. */
export function AccountTable({ accounts }: { readonly accounts: readonly Account[] }) {
  const { t } = useTranslation('ledger')
  const years = [...new Set(accounts.map(({ year }) => year))].sort()
  const balance = (year: number, kind: Account['kind']) =>
    accounts.find(account => account.year === year && account.kind === kind)?.balance ?? '0.00'
  return (
    <ScrollRegion title={t('accounts')} className="simple-table card ledger-accounts">
      <table>
        <caption className="visually-hidden">{t('accounts')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('year')}</th>
            {ACCOUNT_KINDS.map(kind => (
              <th key={kind} scope="col">
                {t(`kinds.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {years.map(year => (
            <tr key={year}>
              <th scope="row">{year}</th>
              {ACCOUNT_KINDS.map(kind => (
                <td key={kind}>
                  <Amount yuan={balance(year, kind)} exact />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
