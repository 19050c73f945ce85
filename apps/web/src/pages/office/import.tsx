import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import { type ImportResult, importsQuery } from '../../api/organisations.ts'
import { paths } from '../../app/paths.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { ImportReport } from '../../components/registry/import-report.tsx'
import { ImportOrganisationsForm } from '../../forms/import-organisations.tsx'
import { OverrideCreditCodeForm } from '../../forms/override-credit-code.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { Tag } from '../../ui/tag.tsx'
import '../../ui/simple-table.css'
import './import.css'

export function ImportPage() {
  const { t } = useTranslation('registry')
  const [result, setResult] = useState<ImportResult>()
  const imports = useQuery(importsQuery)
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
          <ImportOrganisationsForm onResult={setResult} />
        </section>
        {result ? <ImportReport result={result} /> : null}
        {mayOverride ? (
          <section aria-labelledby="exception" className="card import-form">
            <h2 id="exception">{t('exception.title')}</h2>
            <p className="quiet">{t('exception.lead')}</p>
            <OverrideCreditCodeForm />
          </section>
        ) : null}
        <section aria-labelledby="imports" className="card import-form">
          <h2 id="imports">{t('import.before')}</h2>
          {imports.data?.items.length === 0 ? <p className="quiet">{t('import.none')}</p> : null}
          <ScrollRegion title={t('import.before')} className="simple-table">
            <table>
              <tbody>
                {imports.data?.items.map(item => (
                  <tr key={item.id}>
                    <th scope="row">{item.file_name}</th>
                    <td>
                      <PlainDate date={item.recorded_at} />
                    </td>
                    <td>{item.dry_run ? <Tag tone="plain">{t('import.dry')}</Tag> : null}</td>
                    <td>{t('import.rows', { count: item.rows })}</td>
                    <td>{t('import.summary', item)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </section>
      </div>
    </>
  )
}
