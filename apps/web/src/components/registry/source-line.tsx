import { useTranslation } from 'react-i18next'
import { oneOf } from '../../api/list-query.ts'
import type { Fact } from '../../api/organisations.ts'
import { PlainDate } from '../../ui/plain-date.tsx'

const KINDS = ['file', 'register', 'bank', 'person', 'generated'] as const

/** Where a fact came from, and the day on which it was so. */
export function SourceLine({ source }: { readonly source: Fact['source'] }) {
  const { t } = useTranslation('registry')
  if (!source) return <>—</>
  const kind = oneOf(KINDS, source.kind)
  return (
    <>
      {kind ? `${t(`source-kinds.${kind}`)} · ` : ''}
      {source.name} · <PlainDate date={source.as_of} />
    </>
  )
}
