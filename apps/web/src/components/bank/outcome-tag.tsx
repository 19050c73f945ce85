import { useTranslation } from 'react-i18next'
import type { BankMessage } from '../../api/bank-messages.ts'
import { Tag, type Tone } from '../../ui/tag.tsx'

type Outcome = BankMessage['outcome']

const TONE: Record<Outcome, Tone> = { applied: 'good', waiting: 'wait', refused: 'bad', reversed: 'plain' }

export function OutcomeTag({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useTranslation('bank')
  return <Tag tone={TONE[outcome]}>{t(`outcomes.${outcome}`)}</Tag>
}
