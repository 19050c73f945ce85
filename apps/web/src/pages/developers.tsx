import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OPENAPI_ADDRESS, openApiQuery, operationsByTag } from '../api/openapi.ts'
import { OperationEntry } from '../components/operation-entry.tsx'
import { PublicFrame } from '../components/public-frame.tsx'
import { Field } from '../ui/field.tsx'
import { PageSkeleton } from '../ui/page-skeleton.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import './developers.css'

/** The OpenAPI document, readable: every operation, who may call it, what goes in and what comes out. */
export function DevelopersPage() {
  const { t } = useTranslation('developers')
  const document = useQuery(openApiQuery)
  const [sought, setSought] = useState('')
  const words = sought.toLowerCase().trim()
  return (
    <PublicFrame title={t('title')}>
      <div className="developers">
        <h1>{t('title')}</h1>
        <p className="quiet">{t('lead')}</p>
        <p>
          <a href={OPENAPI_ADDRESS}>{t('document')}</a>
        </p>
        <div data-shortcut="search">
          <Field label={t('search')} type="search" value={sought} onChange={e => setSought(e.target.value)} />
        </div>
        {document.isPending ? <PageSkeleton /> : null}
        {document.isError ? (
          <ProblemNotice error={document.error} retry={() => void document.refetch()} />
        ) : null}
        {document.data
          ? [...operationsByTag(document.data)].map(([tag, operations]) => {
              const found = operations.filter(({ method, path, operation }) =>
                `${method} ${path} ${operation.summary ?? ''}`.toLowerCase().includes(words),
              )
              return found.length === 0 ? null : (
                <section key={tag} aria-labelledby={`tag-${tag}`}>
                  <h2 id={`tag-${tag}`} className="mono">
                    {tag}
                  </h2>
                  {found.map(operation => (
                    <OperationEntry key={operation.id} {...operation} />
                  ))}
                </section>
              )
            })
          : null}
      </div>
    </PublicFrame>
  )
}
