import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportResult } from '../../api/imports.ts'
import { paths } from '../../app/paths.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { EarlierImports } from '../../components/registry/earlier-imports.tsx'
import { ImportReport } from '../../components/registry/import-report.tsx'
import { ImportFileForm } from '../../forms/import-file.tsx'
import './import.css'

export function ImportFilingsPage() {
  const { t } = useTranslation('filings')
  const [result, setResult] = useState<ImportResult>()
  return (
    <>
      <PageHeader
        title={t('import.title')}
        lead={
          <>
            {t('import.lead')} <Link to={paths.filings()}>{t('title')}</Link>
          </>
        }
      />
      <div className="import">
        <section className="card import-form">
          <ImportFileForm
            kind="filing-imports"
            fileHint={t('import.file-hint')}
            asOfLabel={t('import.as-of')}
            onResult={setResult}
          />
        </section>
        {result ? <ImportReport result={result} /> : null}
        <EarlierImports kind="filing-imports" />
      </div>
    </>
  )
}
