import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/me.ts'
import { homeOf } from '../app/home.ts'
import { paths } from '../app/paths.ts'
import { Brand } from '../ui/brand.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import './public-frame.css'

interface PublicFrameProps {
  readonly title: string
  readonly children: ReactNode
}

/** The frame of pages that anyone may open: light, without the component library. */
export function PublicFrame({ title, children }: PublicFrameProps) {
  const { t } = useTranslation()
  const { user } = useMe()
  useEffect(() => {
    document.title = t('title', { page: title })
  }, [t, title])
  return (
    <div className="public">
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <header className="public-header">
        <Brand to={paths.front()} />
        <nav className="public-links" aria-label={t('nav.label')}>
          <Link to={paths.notices()}>{t('nav.notices')}</Link>
          <Link to={paths.developers()}>{t('nav.developers')}</Link>
          <LanguageSwitch />
          {user ? (
            <Link to={homeOf(user.role)} className="button">
              {t('nav.workplace')}
            </Link>
          ) : (
            <Link to={paths.signIn()} className="button">
              {t('sign-in')}
            </Link>
          )}
        </nav>
      </header>
      <main id="content" tabIndex={-1} className="public-content">
        {children}
      </main>
      <footer className="public-footer small">{t('footer')}</footer>
    </div>
  )
}
