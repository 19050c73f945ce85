import { useTranslation } from 'react-i18next'
import type { Organisation } from '../../api/organisations.ts'
import { PlainDate } from '../../ui/plain-date.tsx'
import { factText } from './fact-text.ts'
import { SourceLine } from './source-line.tsx'

export function OrganisationHistory({ history }: { readonly history: Organisation['history'] }) {
  const { t } = useTranslation('registry')
  if (history.length === 0) return null
  return (
    <section className="card organisation-facts" aria-labelledby="history">
      <h2 id="history">{t('history')}</h2>
      <ol className="organisation-history">
        {history.map(version => (
          <li key={version.version}>
            <p>
              <strong>{t('version', { version: version.version })}</strong>{' '}
              <span className="small quiet">
                <PlainDate date={version.recorded_at} /> · <SourceLine source={version.source} />
              </span>
            </p>
            {version.version === 1 ? null : (
              <ul className="small">
                {version.changes.map(({ fact, from, to }) => (
                  <li key={fact}>
                    {t(`facts.${fact}`)}: {factText(t, fact, from)} → {factText(t, fact, to)}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
