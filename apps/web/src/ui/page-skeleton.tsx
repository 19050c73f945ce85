import { useTranslation } from 'react-i18next'
import './page-skeleton.css'

/** The outline of a page while it loads. */
export function PageSkeleton({ lines = 6 }: { readonly lines?: number }) {
  const { t } = useTranslation()
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <span key={line} className="skeleton-line" aria-hidden="true" />
      ))}
    </div>
  )
}
