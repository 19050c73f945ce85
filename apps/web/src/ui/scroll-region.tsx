import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './scroll-region.css'

interface ScrollRegionProps {
  readonly title: string
  readonly className?: string
  readonly children: ReactNode
}

/** What may be wider than the screen scrolls by itself, and is reached by keyboard for that (WCAG 2.1.1). */
export function ScrollRegion({ title, className, children }: ScrollRegionProps) {
  const { t } = useTranslation()
  return (
    <section
      className={`scroll-region ${className ?? ''}`}
      aria-label={t('table-of', { title })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to take the focus to be scrolled
      tabIndex={0}
    >
      {children}
    </section>
  )
}
