import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { clockQuery } from '../api/demonstration.ts'
import { PlainDate } from '../ui/plain-date.tsx'
import './demonstration-bar.css'

/** Says that this is a demonstration and which day it is in it. */
export function DemonstrationBar() {
  const { t } = useTranslation()
  const clock = useQuery(clockQuery)
  return (
    <section className="demonstration no-print" aria-label={t('demonstration.label')}>
      <strong>{t('demonstration.label')}</strong>
      <span>
        {t('demonstration.date')} <PlainDate date={clock.data?.business_date} />
      </span>
      <span className="demonstration-hint">{t('demonstration.hint')}</span>
    </section>
  )
}
