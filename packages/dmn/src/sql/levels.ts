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

/** Another table joined to the subject's row: each row finds one of its rows or none. */
export interface Join {
  readonly alias: string
  /** From `left join` on. */
  readonly sql: string
  /** Columns of it that are read above. */
  readonly columns: readonly string[]
  /** Expressions that it reads from below. */
  readonly reads: string
}

/** What a join gives: its columns from a level on. */
export interface Joined {
  readonly level: number
  column(of: string): string
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
  readonly #joined: (alias: string, name: string) => string
  readonly #joins = new Map<number, (() => Join)[]>()
  readonly #aggregates = new Map<string, Joined>()
  #columns = 0
  #tables = 0

  /**
   * @param reference  what a shared column is called above its level
   * @param joined  what a column of a join is called above its level
   */
  constructor(
    reference: (level: number, name: string) => string,
    joined: (alias: string, name: string) => string,
  ) {
    this.#reference = reference
    this.#joined = joined
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

  /**
   * Joins a constant table by a key.
   *
   * @param columns  the first is what the key is compared with
   * @param rows  each in brackets
   */
  join(key: Fragment, columns: readonly string[], rows: readonly string[]): Joined {
    const level = key.level + 1
    const alias = this.#alias()
    const values = rows.map(row => `    ${row}`).join(',\n')
    const sql = `left join (values\n${values}) as ${alias}(${columns.join(', ')}) on ${alias}.${columns[0]} = ${key.text}`
    this.#add(level, () => ({ alias, sql, columns, reads: key.text }))
    return { level, column: name => this.#joined(alias, name) }
  }

  /**
   * Joins a query of aggregates, whose columns gather as they are asked for: the same text is one column.
   *
   * @param same  joins of the same name are one
   * @param sql  the join around the select list
   */
  aggregate(same: string, sql: (alias: string, list: readonly string[]) => string): Joined {
    const known = this.#aggregates.get(same)
    if (known !== undefined) return known
    const alias = this.#alias()
    const columns = new Map<string, string>()
    const column = (of: string) => {
      const name = columns.get(of) ?? `a${columns.size + 1}`
      columns.set(of, name)
      return this.#joined(alias, name)
    }
    const joined = { level: 1, column }
    this.#aggregates.set(same, joined)
    this.#add(joined.level, () => {
      const list = [...columns].map(([of, name]) => `${of} as ${name}`)
      return { alias, sql: sql(alias, list), columns: [...columns.values()], reads: '' }
    })
    return joined
  }

  #alias(): string {
    return `r${++this.#tables}`
  }

  #add(level: number, join: () => Join): void {
    const joins = this.#joins.get(level) ?? []
    joins.push(join)
    this.#joins.set(level, joins)
  }

  /** Lowest first. */
  get levels(): readonly Level[] {
    const numbers = new Set([...this.#levels.keys(), ...this.#joins.keys()])
    return [...numbers]
      .sort((a, b) => a - b)
      .map(level => ({
        level,
        columns: this.#levels.get(level) ?? [],
        joins: (this.#joins.get(level) ?? []).map(join => join()),
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
      for (const { reads } of joins) count(reads, 1)
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
