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

/** A constant table joined by a key; each row of the subject finds one of its rows or none. */
export interface Join {
  readonly alias: string
  readonly key: Fragment
  /** The first is what the key is compared with. */
  readonly columns: readonly string[]
  /** Each in brackets. */
  readonly rows: readonly string[]
}

export interface Level {
  readonly level: number
  readonly columns: readonly Column[]
  readonly joins: readonly Join[]
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
  readonly #joins = new Map<number, Join[]>()
  #columns = 0
  #tables = 0

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

  /** Joins a constant table; its columns can be read from the level on that is given back. */
  join(
    key: Fragment,
    columns: readonly string[],
    rows: readonly string[],
  ): { readonly level: number; readonly column: (name: string) => string } {
    const level = key.level + 1
    const alias = `r${++this.#tables}`
    const joins = this.#joins.get(level) ?? []
    joins.push({ alias, key, columns, rows })
    this.#joins.set(level, joins)
    return { level, column: name => `${alias}.${name}` }
  }

  /** Lowest first. */
  get levels(): readonly Level[] {
    const numbers = new Set([...this.#levels.keys(), ...this.#joins.keys()])
    return [...numbers]
      .sort((a, b) => a - b)
      .map(level => ({
        level,
        columns: this.#levels.get(level) ?? [],
        joins: this.#joins.get(level) ?? [],
      }))
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
    for (const { level, columns, joins } of this.levels.toReversed()) {
      for (const { key } of joins) count(key.text, 1)
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
