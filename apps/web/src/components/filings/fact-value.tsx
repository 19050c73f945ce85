import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { FILING_STATES, type FilingFact } from '../../api/filings.ts'
import { oneOf } from '../../api/list-query.ts'
import { townsQuery } from '../../api/organisations.ts'
import { fenOf, figure } from '../../ui/money.ts'

interface FactValueProps {
  readonly fact: FilingFact
  readonly value: string | boolean | null
}

/** A fact of a filing in the reader's words. */
export function FactValue({ fact, value }: FactValueProps) {
  const { t } = useTranslation('filings')
  const towns = useQuery(townsQuery).data?.items
  if (value === null) return <span className="quiet">{t('not-known')}</span>
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (fact === 'state') {
    const state = oneOf(FILING_STATES, value)
    return state ? t(`states.${state}`) : value
  }
  if (fact === 'site_town_code') return towns?.find(({ code }) => code === value)?.name ?? value
  if (fact === 'verified_investment' || fact === 'civil_works') {
    return <span className="figures">{figure(fenOf(value), 'yuan')}</span>
  }
  return value
}
