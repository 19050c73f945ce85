import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../app/paths.ts'
import { PublicFrame } from '../components/public-frame.tsx'

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <PublicFrame title={t('not-found.title')}>
      <h1>{t('not-found.title')}</h1>
      <p>{t('not-found.text')}</p>
      <p>
        <Link to={paths.front()}>{t('not-found.home')}</Link>
      </p>
    </PublicFrame>
  )
}
