import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/claims.ts'
import { PlainDate } from '../../ui/plain-date.tsx'

/** Where a fact came from and when it was so; what the rules worked out themselves has no outside source. */
export function FactOrigin({ source }: { readonly source: Explanation['facts'][number]['source'] }) {
  const { t } = useTranslation('explanation')
  if (!source) return <span className="quiet">{t('worked-out')}</span>
  return (
    <>
      {t(`source-kind.${source.kind}`)}
      {source.name ? ` · ${source.name}` : ''}
      {source.as_of ? (
        <>
          {' · '}
          <PlainDate date={source.as_of} />
        </>
      ) : null}
    </>
  )
}
