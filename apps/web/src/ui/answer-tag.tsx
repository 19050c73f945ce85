import { useTranslation } from 'react-i18next'
import type { Answer } from './answers.ts'
import { Tag, type Tone } from './tag.tsx'

const TONE: Record<Answer, Tone> = { eligible: 'good', ineligible: 'bad', unknown: 'wait', suspended: 'note' }

export function AnswerTag({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation()
  return <Tag tone={TONE[answer]}>{t(`answer.${answer}`)}</Tag>
}
