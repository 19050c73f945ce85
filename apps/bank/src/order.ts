/** Compares texts by code point, for `sort`: the same order on every machine and in every language. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** A comparison by a text made of each item. */
export function by<T>(key: (item: T) => string): (one: T, other: T) => number {
  return (one, other) => compareText(key(one), key(other))
}

/** The items under each key, in the order in which they came. */
export function groupBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
