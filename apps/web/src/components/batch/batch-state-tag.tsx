import { useTranslation } from 'react-i18next'
import type { BatchState } from '../../api/batches.ts'
import { Tag, type Tone } from '../../ui/tag.tsx'

const TONE: Record<BatchState, Tone> = {
  draft: 'plain',
  submitted: 'wait',
  returned: 'bad',
  approved: 'note',
  ordered: 'note',
  closed: 'good',
}

export function BatchStateTag({ state }: { readonly state: BatchState }) {
  const { t } = useTranslation('batches')
  return <Tag tone={TONE[state]}>{t(`states.${state}`)}</Tag>
}
