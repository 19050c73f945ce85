/** A view of a list: the search part of its address under a name. */
export interface View {
  readonly title: string
  readonly search: Readonly<Record<string, string>>
}

const key = (list: string) => `millrace.views.${list}`

export function findViews(list: string): readonly View[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(list)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isView) : []
  } catch {
    return []
  }
}

export function keepViews(list: string, views: readonly View[]): void {
  try {
    localStorage.setItem(key(list), JSON.stringify(views))
  } catch {
    // A browser that forbids storage keeps them until the page is closed.
  }
}

function isView(value: unknown): value is View {
  return (
    typeof value === 'object' &&
    value !== null &&
    'title' in value &&
    typeof value.title === 'string' &&
    'search' in value &&
    typeof value.search === 'object'
  )
}
