import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'

/** What a list shows, as it stands in the address: a link to a list is a link to what is seen. */
export interface ListState {
  readonly q: string
  readonly filters: Readonly<Record<string, string>>
  readonly cursor: string | undefined
  readonly columns: readonly string[] | undefined
}

export interface ListControl {
  readonly state: ListState
  search(q: string): void
  filter(key: string, value: string): void
  chooseColumns(columns: readonly string[] | undefined): void
  continueFrom(cursor: string | undefined): void
  /** Everything at once, as a saved view has it. */
  show(search: Readonly<Record<string, string>>): void
  /** The address's search part, to be kept as a view. */
  readonly current: Readonly<Record<string, string>>
}

/** @param filterKeys the filters that this list knows; others in the address are left alone */
export function useListState(filterKeys: readonly string[]): ListControl {
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const joined = filterKeys.join(',')
  return useMemo(() => {
    const current: Record<string, string> = {}
    for (const [key, value] of Object.entries(raw)) {
      if (value !== undefined && value !== null && value !== '') current[key] = String(value)
    }
    const go = (changes: Record<string, string | undefined>, replace = false) => {
      const { cursor: _, ...rest } = current
      const next = Object.entries({ ...rest, ...changes }).filter(([, value]) => value)
      void navigate({ to: '.', search: Object.fromEntries(next), replace, resetScroll: false })
    }
    const keys = joined === '' ? [] : joined.split(',')
    return {
      state: {
        q: current.q ?? '',
        filters: Object.fromEntries(keys.flatMap(key => (current[key] ? [[key, current[key]]] : []))),
        cursor: current.cursor,
        columns: current.columns?.split('.'),
      },
      current,
      search: q => go({ q }, true),
      filter: (key, value) => go({ [key]: value }),
      chooseColumns: columns => go({ columns: columns?.join('.'), cursor: current.cursor }, true),
      continueFrom: cursor => go({ cursor }),
      show: search => void navigate({ to: '.', search }),
    }
  }, [raw, navigate, joined])
}
