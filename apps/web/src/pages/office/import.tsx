import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportResult } from '../../api/imports.ts'
import { useMe } from '../../api/me.ts'
import { paths } from '../../app/paths.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { EarlierImports } from '../../components/registry/earlier-imports.tsx'
import { ImportReport } from '../../components/registry/import-report.tsx'
import { ImportFileForm } from '../../forms/import-file.tsx'
import { OverrideCreditCodeForm } from '../../forms/override-credit-code.tsx'
import './import.css'

export function ImportPage() {
  const { t } = useTranslation('registry')
  const [result, setResult] = useState<ImportResult>()
  const mayOverride = useMe().permissions.includes('organisation.override-code')
  return (
    <>
      <PageHeader
        title={t('import.title')}
        lead={
          <>
            {t('import.lead')} <Link to={paths.organisations()}>{t('title')}</Link>
          </>
        }
      />
      <div className="import">
        <section className="card import-form">
          <ImportFileForm
            kind="organisation-imports"
            fileHint={t('import.file-hint')}
            asOfLabel={t('import.as-of')}
            onResult={setResult}
          />
        </section>
        {result ? <ImportReport result={result} /> : null}
        {mayOverride ? (
          <section aria-labelledby="exception" className="card import-form">
            <h2 id="exception">{t('exception.title')}</h2>
            <p className="quiet">{t('exception.lead')}</p>
            <OverrideCreditCodeForm />
          </section>
        ) : null}
        <EarlierImports kind="organisation-imports" />
      </div>
    </>
  )
}
