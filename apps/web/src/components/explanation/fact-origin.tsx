import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/claims.ts'
import { useMe } from '../../api/me.ts'
import { paths } from '../../app/paths.ts'
import { PlainDate } from '../../ui/plain-date.tsx'

/** Where a fact came from and when it was so; what the rules worked out themselves has no outside source. */
export function FactOrigin({ source }: { readonly source: Explanation['facts'][number]['source'] }) {
  const { t } = useTranslation('explanation')
  const mayReadMessages = useMe().permissions.includes('bank-message.read')
  if (!source) return <span className="quiet">{t('worked-out')}</span>
  return (
    <>
      {t(`source-kind.${source.kind}`)}
      {source.name ? ` · ${source.name}` : ''}
      {source.message_id && mayReadMessages ? (
        <>
          {' · '}
          <Link
            to={`${paths.bankMessages()}?message_id=${encodeURIComponent(source.message_id)}`}
            className="mono"
          >
            {source.message_id}
          </Link>
        </>
      ) : null}
      {source.as_of ? (
        <>
          {' · '}
          <PlainDate date={source.as_of} />
        </>
      ) : null}
    </>
  )
}
