import { useTranslation } from 'react-i18next'

interface WhyProps {
  /** As the bank was told it, in the reader's language. */
  readonly detail?: string | undefined
  readonly code?: string | undefined
  /** The field it is about, and what stood there. */
  readonly where?: string | undefined
  readonly value?: string | undefined
  /** The row of the file, where it came in one. */
  readonly line?: number | null
  /** The bank's own number of that file. */
  readonly file?: string | null
}

/** Why a message was refused or waits: the sentence, and below it where to look. */
export function Why({ detail, ...place }: WhyProps) {
  const placed = usePlace(place)
  if (detail === undefined) return null
  return (
    <div className="why">
      <p>{detail}</p>
      {placed === '' ? null : <p className="why-place small quiet">{placed}</p>}
    </div>
  )
}

/** The same on one line, for an exported sheet. */
export function useWhyText(): (why: WhyProps) => string {
  const place = usePlaceOf()
  return ({ detail, ...rest }) => [detail ?? '', place(rest)].filter(part => part !== '').join(' · ')
}

function usePlace(why: Omit<WhyProps, 'detail'>): string {
  return usePlaceOf()(why)
}

function usePlaceOf(): (why: Omit<WhyProps, 'detail'>) => string {
  const { t } = useTranslation('bank')
  return ({ code, where, value, line, file }) =>
    [
      file ? t('file', { key: file }) : '',
      typeof line === 'number' ? t('line', { line }) : '',
      where ? (value === undefined ? where : t('field-value', { field: where, value })) : value,
      code,
    ]
      .filter(Boolean)
      .join(' · ')
}
