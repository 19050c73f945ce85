import type { TFunction } from 'i18next'
import { oneOf } from '../../api/list-query.ts'
import type { Fact } from '../../api/organisations.ts'
import { SIZE_CLASSES } from '../../api/organisations.ts'

/** A fact in words: truth and size classes in the reader's language, capital with separators, the rest as it is. */
export function factText(t: TFunction<'registry'>, fact: Fact['fact'], value: Fact['value']): string {
  if (value === null || value === '') return '—'
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (fact === 'capital') return separated(value)
  const size = fact === 'size_class' ? oneOf(SIZE_CLASSES, value) : undefined
  return size ? t(`sizes.${size}`) : value
}

function separated(value: string): string {
  const [whole = '', part = ''] = value.split('.')
  const places = part.replace(/0+$/, '')
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + (places === '' ? '' : `.${places}`)
}
