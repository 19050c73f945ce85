import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/claims.ts'
import { inLanguage } from '../../app/labels.ts'
import { requirementInWords, valueInWords, withSeparators } from './feel-words.ts'
import { useRuleWords } from './use-rule-words.ts'

type FactChange = Explanation['changes'][number]['facts'][number]

/** The smallest changes of facts, each of which by itself would make the claim eligible. */
export function Changes({ changes }: { readonly changes: Explanation['changes'] }) {
  const { t } = useTranslation('explanation')
  const sentence = useFactSentence()
  if (changes.length === 0) return null
  const which = changes.length > 1 ? 'any' : changes[0]?.facts.length === 1 ? 'this' : 'together'
  return (
    <div className="explanation-changes">
      <p>{t(`change.${which}`)}</p>
      <ol>
        {changes.map(({ facts }) => (
          <li key={facts.map(({ label }) => label.zh).join()}>
            {facts.map(sentence).join(t('change.and'))}
            {facts.some(({ over }) => over) ? <em className="quiet">{t('change.over')}</em> : null}
          </li>
        ))}
      </ol>
    </div>
  )
}

function useFactSentence(): (fact: FactChange) => string {
  const { t } = useTranslation('explanation')
  const words = useRuleWords()
  return fact => {
    const name = inLanguage(fact.label)
    const [from, to] = [valueInWords(fact.from, words), valueInWords(fact.to, words)]
    if (fact.from === null) {
      const any = fact.values.length === 0 || fact.values.includes('-')
      const values = fact.values.map(value => requirementInWords(value, [], words)).join(words.or)
      return any ? t('change.give', { name }) : t('change.give-as', { name, values })
    }
    if (fact.example) return t('change.other', { name, from })
    if (fact.by === null || (fact.unit !== 'number' && fact.unit !== 'day')) {
      return t('change.be', { name, from, to })
    }
    const less = fact.by.startsWith('-')
    const by = withSeparators(fact.by.replace('-', ''))
    if (fact.unit === 'day')
      return t(less ? 'change.late' : 'change.early', {
        name,
        from,
        to,
        count: Number(fact.by.replace('-', '')),
      })
    return t(less ? 'change.lower' : 'change.raise', { name, from, to, by })
  }
}
