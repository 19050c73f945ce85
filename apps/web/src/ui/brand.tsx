import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/me.ts'
import { currentLanguage } from '../app/languages.ts'
import './brand.css'

export function Brand({ to }: { readonly to: string }) {
  const { t } = useTranslation()
  const { city } = useMe()
  return (
    <Link to={to} className="brand">
      <img src="/millrace.svg" alt="" width="30" height="30" />
      <span className="brand-name">{t('brand')}</span>
      <span className="brand-city">{currentLanguage() === 'zh' ? city.name_zh : city.name_en}</span>
    </Link>
  )
}
