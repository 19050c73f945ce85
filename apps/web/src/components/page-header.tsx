import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import './page-header.css'

interface PageHeaderProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly children?: ReactNode
}

/** A page's name, what it is for, and what can be done from it. */
export function PageHeader({ title, lead, children }: PageHeaderProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = t('title', { page: title })
  }, [t, title])
  return (
    <header className="page-header">
      <div>
        <h1>{title}</h1>
        {lead ? <p className="quiet">{lead}</p> : null}
      </div>
      {children ? <div className="page-header-tools no-print">{children}</div> : null}
    </header>
  )
}
