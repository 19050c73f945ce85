import { useTranslation } from 'react-i18next'
import { Tag, type Tone } from './tag.tsx'

export const ANSWERS = ['eligible', 'ineligible', 'unknown', 'suspended'] as const
export type Answer = (typeof ANSWERS)[number]

const TONE: Record<Answer, Tone> = { eligible: 'good', ineligible: 'bad', unknown: 'wait', suspended: 'note' }

/** Four answers, never two. */
export function AnswerTag({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation()
  return <Tag tone={TONE[answer]}>{t(`answer.${answer}`)}</Tag>
}
