import { useTranslation } from 'react-i18next'
import type { FilingState } from '../../api/filings.ts'
import { Tag, type Tone } from '../../ui/tag.tsx'

const TONE: Record<FilingState, Tone> = { in_force: 'good', completed: 'plain', revoked: 'bad' }

export function FilingStateTag({ state }: { readonly state: FilingState }) {
  const { t } = useTranslation('filings')
  return <Tag tone={TONE[state]}>{t(`states.${state}`)}</Tag>
}
