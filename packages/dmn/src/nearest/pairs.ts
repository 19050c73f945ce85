import type { Search } from './search.ts'
import { changedBy, effortOf, type Mover, type Step } from './step.ts'

/** Each input to where something turns, and then another to the rest. The smallest for each two is kept. */
export function findPairs(search: Search, movers: readonly Mover[]): Step[][] {
  const best = new Map<string, Step[]>()
  for (const first of movers) {
    const { name } = first.typed.data
    for (const to of search.turns(first)) {
      for (const second of movers) {
        if (second === first || search.trials.allowance.limited) continue
        const step = search.single(second, new Map([[name, to]]))
        if (step === undefined) continue
        const pair = [{ mover: first, to, value: step.value }, step]
        const key = [name, second.typed.data.name].toSorted().join('\n')
        const known = best.get(key)
        if (known === undefined || effortOf(pair) < effortOf(known)) best.set(key, pair)
      }
    }
  }
  return [...best.values()].map(pair => tightened(search, pair))
}

/** The first of two went to a turn; now that the other stands, it may have less far to go. */
function tightened(search: Search, [first, second]: Step[]): Step[] {
  if (first === undefined || second === undefined) return []
  const nearer = search.single(first.mover, changedBy([second]))
  const pair = [nearer ?? first, second]
  return effortOf(pair) <= effortOf([first, second]) ? pair : [first, second]
}
