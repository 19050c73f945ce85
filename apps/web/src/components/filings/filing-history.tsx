import { useTranslation } from 'react-i18next'
import type { FactSource, Filing } from '../../api/filings.ts'
import { oneOf } from '../../api/list-query.ts'
import { PlainDate } from '../../ui/plain-date.tsx'
import { FactValue } from './fact-value.tsx'

const KINDS = ['file', 'register', 'bank', 'person', 'generated'] as const

/** Where a fact came from, and from which day it holds. */
export function FactOrigin({ source }: { readonly source: FactSource }) {
  const { t } = useTranslation('filings')
  if (!source) return null
  const kind = oneOf(KINDS, source.kind)
  return (
    <>
      {kind ? `${t(`source-kinds.${kind}`)} · ` : ''}
      {t('source', { name: source.name, day: source.as_of })}
    </>
  )
}

/** What was recorded, by whom, of which day and why: the latest first. */
export function FilingHistory({ history }: { readonly history: Filing['history'] }) {
  const { t } = useTranslation('filings')
  return (
    <section className="card organisation-facts" aria-labelledby="history">
      <h2 id="history">{t('history')}</h2>
      <ol className="organisation-history">
        {history.map(({ version, recorded_at, source, changes }) => (
          <li key={version}>
            <p>
              <strong>{t('version', { version })}</strong>{' '}
              <span className="small quiet">
                <PlainDate date={recorded_at} /> · <FactOrigin source={source} />
              </span>
            </p>
            {source?.reason ? <p className="small">{t('reason', { text: source.reason })}</p> : null}
            {version === 1 ? null : (
              <ul className="small">
                {changes.map(({ fact, from, to }) => (
                  <li key={fact}>
                    {t(`facts.${fact}`)}: <FactValue fact={fact} value={from} /> →{' '}
                    <FactValue fact={fact} value={to} />
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
