import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/me.ts'
import { navigationFor } from '../app/navigation.ts'

export function WorkplaceNavigation({ open }: { readonly open: boolean }) {
  const { t } = useTranslation()
  const items = navigationFor(useMe())
  return (
    <nav id="navigation" className="navigation no-print" aria-label={t('nav.label')} data-open={open}>
      <ul>
        {items.map(({ key, to }) => (
          <li key={key}>
            <Link
              to={to}
              activeOptions={{ exact: items[0]?.to === to, includeSearch: false }}
              className="navigation-link"
            >
              {t(`nav.${key}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
