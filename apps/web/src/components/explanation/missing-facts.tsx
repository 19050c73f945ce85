import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/claims.ts'
import { inLanguage } from '../../app/labels.ts'

/** Which facts a condition waits for, and from whom each is to come. */
export function MissingFacts({ line }: { readonly line: Explanation['conditions'][number] }) {
  const { t } = useTranslation('explanation')
  if (line.missing.length === 0) {
    return (
      <span className="explanation-missing">
        {t('change.missing', { condition: inLanguage(line.label) })}
      </span>
    )
  }
  return line.missing.map(({ label, from }) => (
    <span key={label.zh} className="explanation-missing">
      {from
        ? t('missing-from', { fact: inLanguage(label), from: inLanguage(from) })
        : t('change.missing', { condition: inLanguage(label) })}
    </span>
  ))
}
