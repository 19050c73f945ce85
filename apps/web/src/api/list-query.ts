import type { PageRequest } from '../components/data-table/columns.ts'

/** The part of a list's query that every list has. */
export function paging({ q, cursor, limit }: Pick<PageRequest, 'q' | 'cursor' | 'limit'>) {
  return { limit, ...(q === '' ? {} : { q }), ...(cursor === undefined ? {} : { cursor }) }
}

/** A filter from the address is anyone's text: only a known value is sent on. */
export function oneOf<T extends string>(values: readonly T[], value: string | undefined): T | undefined {
  return values.find(each => each === value)
}
