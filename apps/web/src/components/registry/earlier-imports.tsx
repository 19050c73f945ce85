import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type ImportKind, importsQuery } from '../../api/imports.ts'
import { PlainDate } from '../../ui/plain-date.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { Tag } from '../../ui/tag.tsx'
import '../../ui/simple-table.css'

/** The files that were imported or tried before, the latest first. */
export function EarlierImports({ kind }: { readonly kind: ImportKind }) {
  const { t } = useTranslation('registry')
  const imports = useQuery(importsQuery(kind))
  return (
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
  )
}
