import { useTranslation } from 'react-i18next'
import type { RuleWords } from './feel-words.ts'

export function useRuleWords(): RuleWords {
  const { t } = useTranslation('explanation')
  return {
    yes: t('rule.yes'),
    no: t('rule.no'),
    or: t('rule.or'),
    not: t('rule.not'),
    to: t('rule.to'),
    missing: t('rule.missing'),
  }
}
