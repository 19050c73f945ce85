import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/claims.ts'
import { inLanguage } from '../../app/labels.ts'
import { Changes } from './changes.tsx'
import { requirementInWords, valueInWords, withSeparators } from './feel-words.ts'
import { MissingFacts } from './missing-facts.tsx'
import { withLabels } from './name-labels.ts'
import { useRuleWords } from './use-rule-words.ts'

/** What would have to change for the answer to become "eligible": the least changes, and each failed line with how far it is off. */
export function NearestChange({ explanation }: { readonly explanation: Explanation }) {
  const { t } = useTranslation('explanation')
  const words = useRuleWords()
  const failed = [...explanation.conditions, ...explanation.compliance].filter(line => line.outcome !== 'met')
  if (failed.length === 0) return null
  return (
    <section className="explanation-section explanation-change">
      <h3>{t(`change.${explanation.answer === 'unknown' ? 'unknown' : 'title'}`)}</h3>
      <Changes changes={explanation.changes} />
      {explanation.changes.length > 0 ? <p className="small quiet">{t('change.conditions')}</p> : null}
      <ul>
        {failed.map(line => (
          <li key={line.label.zh}>
            {line.outcome === 'unknown'
              ? inLanguage(line.question ?? line.label)
              : t('change.line', {
                  condition: inLanguage(line.label),
                  required: requirementInWords(line.requirement, withLabels(line.bounds, explanation), words),
                  value: valueInWords(line.value, words),
                })}
            {line.outcome === 'unknown' ? <MissingFacts line={line} /> : null}
            {line.gap
              ? t(line.gap.unit === 'day' ? 'change.days' : 'change.amount', {
                  shortfall: withSeparators(line.gap.shortfall),
                })
              : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
