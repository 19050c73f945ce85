import type { Fragment } from './fragment.ts'

/** What may be repeated in place: a column, an operator on columns. */
const REPEATABLE_COST = 2

/**
 * Operators a level must save a row before it is worked out once a row. High, because working out in place is lazy
 * where working out once is not: the amount behind `case when eligible` is not computed for those who are not. On a
 * policy of eight conditions and two divisions (PostgreSQL 18, 300,000 rows) all in place ran 1.6 times as fast as
 * once per level. So this is a guard against plans that grow without bound, not a tuning.
 */
const SAVED_MIN = 200

export interface Column {
  readonly name: string
  readonly fragment: Fragment
}

/**
 * The lateral levels of the from clause: names for what several expressions share. A level reads only levels below.
 *
 * What the planner does: it pulls a `lateral (select …)` without a table up and puts its expressions in place of
 * every reference, so such a level costs nothing and shares nothing: text stays linear, evaluation does not. Of n
 * chained decisions, each used twice by the next, the first would be worked out 2^n times. A level whose expressions
 * are used more often than that is worth therefore ends in `having true`: one row without grouping, which the
 * planner leaves as it is and evaluates once a row. It is neither OFFSET nor MATERIALIZED, and with no table inside
 * there is nothing to read or store.
 */
export class Levels {
  readonly #levels = new Map<number, Column[]>()
  readonly #reference: (level: number, name: string) => string
  #columns = 0

  constructor(reference: (level: number, name: string) => string) {
    this.#reference = reference
  }

  /** The fragment, or a reference to it where repeating it would repeat work. */
  share(fragment: Fragment): Fragment {
    if (fragment.literal || fragment.reference || fragment.cost <= REPEATABLE_COST) return fragment
    const level = fragment.level + 1
    const name = `c${++this.#columns}`
    const columns = this.#levels.get(level) ?? []
    columns.push({ name, fragment })
    this.#levels.set(level, columns)
    return { ...fragment, text: this.#reference(level, name), level, reference: true, cost: 1 }
  }

  /** Lowest first. */
  get levels(): readonly { readonly level: number; readonly columns: readonly Column[] }[] {
    return [...this.#levels].sort(([a], [b]) => a - b).map(([level, columns]) => ({ level, columns }))
  }

  /**
   * Levels that are to be worked out once a row. From the top down: how often each column would stand in the finished
   * plan, and which levels that makes dear.
   *
   * @param items  the expressions of the select list
   */
  workedOutOnce(items: readonly string[]): ReadonlySet<number> {
    const uses = new Map<string, number>()
    const count = (text: string, times: number) => {
      for (const [reference] of text.matchAll(REFERENCE))
        uses.set(reference, (uses.get(reference) ?? 0) + times)
    }
    for (const item of items) count(item, 1)
    const once = new Set<number>()
    for (const { level, columns } of this.levels.toReversed()) {
      const usesOf = ({ name }: Column) => uses.get(`l${level}.${name}`) ?? 0
      const saved = columns.reduce(
        (total, column) => total + Math.max(usesOf(column) - 1, 0) * column.fragment.cost,
        0,
      )
      if (saved >= SAVED_MIN) once.add(level)
      for (const column of columns) count(column.fragment.text, once.has(level) ? 1 : usesOf(column))
    }
    return once
  }
}

/** Names of ours alone: what a caller names is quoted. Inside a text literal a look-alike costs at most a level. */
const REFERENCE = /\bl\d+\.c\d+\b/g
