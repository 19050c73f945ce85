import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/claims.ts'
import { inLanguage } from '../../app/labels.ts'
import { useNarrow } from '../../ui/use-narrow.ts'
import { FactOrigin } from './fact-origin.tsx'
import { requirementInWords, valueInWords } from './feel-words.ts'
import { MissingFacts } from './missing-facts.tsx'
import { withLabels } from './name-labels.ts'
import { useRuleWords } from './use-rule-words.ts'

interface ConditionsProps {
  readonly title: string
  readonly hint: string
  readonly lines: Explanation['conditions']
  readonly explanation: Explanation
}

const SIGN = { met: '✓', not_met: '✕', unknown: '?' } as const

/** The row of the decision table that decided: each condition, what was asked, the value, where it came from. */
export function Conditions({ title, hint, lines, explanation }: ConditionsProps) {
  const { t } = useTranslation('explanation')
  const words = useRuleWords()
  const narrow = useNarrow()
  const [all, setAll] = useState(false)
  if (lines.length === 0) return null
  const open = lines.filter(({ outcome }) => outcome !== 'met')
  const shown = narrow && !all ? open : lines
  return (
    <section className="explanation-section">
      <h3>
        {title} <span className="small quiet">{hint}</span>
      </h3>
      {shown.length === 0 ? null : (
        <table className="explanation-table explanation-conditions">
          <thead>
            <tr>
              <th scope="col">{t('outcome')}</th>
              <th scope="col">{t('condition')}</th>
              <th scope="col">{t('asked')}</th>
              <th scope="col">{t('value')}</th>
              <th scope="col">{t('source')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(line => (
              <tr key={line.label.zh} data-outcome={line.outcome}>
                <td className="explanation-outcome">
                  <span aria-hidden="true">{SIGN[line.outcome]}</span> {t(`outcomes.${line.outcome}`)}
                </td>
                <th scope="row">
                  {inLanguage(line.label)}
                  {line.question ? (
                    <span className="explanation-question small quiet">{inLanguage(line.question)}</span>
                  ) : null}
                </th>
                <td data-label={t('asked')}>
                  {requirementInWords(line.requirement, withLabels(line.bounds, explanation), words)}
                </td>
                <td data-label={t('value')}>{valueInWords(line.value, words)}</td>
                <td data-label={t('source')} className="small">
                  {line.outcome === 'unknown' && line.missing.length > 0 ? (
                    <MissingFacts line={line} />
                  ) : (
                    <FactOrigin
                      source={explanation.facts.find(fact => fact.name === line.label.zh)?.source ?? null}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length < lines.length ? (
        <p>
          <button type="button" className="button" onClick={() => setAll(true)}>
            {t('show-met', { count: lines.length - shown.length })}
          </button>
        </p>
      ) : null}
    </section>
  )
}
