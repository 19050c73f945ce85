import { useTranslation } from 'react-i18next'
import type { ImportResult } from '../../api/imports.ts'
import { currentLanguage } from '../../app/languages.ts'
import { Tag } from '../../ui/tag.tsx'
import { Rows } from '../data-table/rows.tsx'
import '../data-table/data-table.css'

const COUNTS = ['rows', 'created', 'updated', 'unchanged', 'rejected', 'warnings'] as const

/** What a file brought, or would bring; each row that was refused with what to do about it. */
export function ImportReport({ result }: { readonly result: ImportResult }) {
  const { t } = useTranslation('registry')
  return (
    <section className="card import-form" aria-labelledby="report" role="status">
      <h2 id="report">{t(result.dry_run ? 'import.tried' : 'import.done', { file: result.file_name })}</h2>
      <dl className="import-counts">
        {COUNTS.map(count => (
          <div key={count}>
            <dt>{t(`import.counts.${count}`)}</dt>
            <dd>{result[count].toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      {result.problems.length === 0 ? (
        <p className="quiet">{t('import.no-problems')}</p>
      ) : (
        <>
          <p>
            <a href={`${result.problems_url}?language=${currentLanguage()}`} download>
              {t('import.download')}
            </a>
          </p>
          <Rows
            title={t('import.problems')}
            rows={result.problems}
            rowKey={problem => `${problem.line}-${problem.column}-${problem.code}`}
            columns={[
              {
                key: 'line',
                title: t('import.line'),
                render: problem => String(problem.line),
                text: problem => String(problem.line),
              },
              {
                key: 'severity',
                title: t('import.severity'),
                render: problem => (
                  <Tag tone={problem.severity === 'error' ? 'bad' : 'wait'}>
                    {t(`import.severities.${problem.severity}`)}
                  </Tag>
                ),
                text: problem => problem.severity,
              },
              {
                key: 'column',
                title: t('import.column'),
                render: problem => problem.column,
                text: problem => problem.column,
              },
              {
                key: 'value',
                title: t('import.value'),
                render: problem => <span className="mono">{problem.value}</span>,
                text: problem => problem.value,
              },
              {
                key: 'sentence',
                title: t('import.what-to-do'),
                render: problem => problem.sentence,
                text: problem => problem.sentence,
              },
            ]}
          />
        </>
      )}
    </section>
  )
}
