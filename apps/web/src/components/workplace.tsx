import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { ConfigProvider, App as Feedback } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signOut } from '../api/auth.ts'
import { useMe } from '../api/me.ts'
import { homeOf } from '../app/home.ts'
import { currentLanguage } from '../app/languages.ts'
import { paths } from '../app/paths.ts'
import { queries } from '../app/queries.ts'
import { Brand } from '../ui/brand.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { PageSkeleton } from '../ui/page-skeleton.tsx'
import { theme } from '../ui/theme.ts'
import { DemonstrationBar } from './demonstration-bar.tsx'
import { useShortcuts } from './shortcuts.ts'
import { WorkplaceNavigation } from './workplace-navigation.tsx'
import './workplace.css'

/** The frame of everything behind the sign-in. */
export function Workplace() {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const [menuOpen, setMenuOpen] = useState(false)
  const path = useRouterState({ select: state => state.location.pathname })
  useShortcuts()

  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever the page changes
  useEffect(() => setMenuOpen(false), [path])

  // A new page is where the keyboard and the screen reader are taken; not on the first, which has its own start.
  const shownBefore = useRef(path)
  useEffect(() => {
    if (shownBefore.current === path) return
    shownBefore.current = path
    document.getElementById('content')?.focus({ preventScroll: true })
  }, [path])

  if (!me.user) return null
  const leave = async () => {
    await signOut()
    queries.clear()
    await navigate({ to: paths.front() })
  }
  return (
    <ConfigProvider
      button={{ autoInsertSpace: false }}
      theme={theme}
      locale={currentLanguage() === 'zh' ? zh : en}
    >
      <Feedback component={false}>
        <div className={`workplace workplace-${me.user.role}`}>
          <a className="skip-link" href="#content">
            {t('skip')}
          </a>
          <header className="workplace-header no-print">
            <button
              type="button"
              className="link-button workplace-menu"
              aria-expanded={menuOpen}
              aria-controls="navigation"
              onClick={() => setMenuOpen(open => !open)}
            >
              <span aria-hidden="true">{menuOpen ? '✕' : '☰'}</span>
              <span className="visually-hidden">{t(menuOpen ? 'nav.close' : 'nav.menu')}</span>
            </button>
            <Brand to={homeOf(me.user.role)} />
            <div className="workplace-person">
              <span className="workplace-name">
                {me.user.name}
                <span className="workplace-role">{t(`role.${me.user.role}`)}</span>
              </span>
              <LanguageSwitch />
              <button type="button" className="link-button" onClick={() => void leave()}>
                {t('sign-out')}
              </button>
            </div>
          </header>
          {me.demonstration ? <DemonstrationBar /> : null}
          <div className="workplace-body">
            <WorkplaceNavigation open={menuOpen} />
            <main id="content" tabIndex={-1} className="workplace-content">
              <Suspense fallback={<PageSkeleton />}>
                <Outlet />
              </Suspense>
            </main>
          </div>
        </div>
      </Feedback>
    </ConfigProvider>
  )
}
