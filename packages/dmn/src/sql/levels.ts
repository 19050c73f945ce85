import type { Fragment } from './fragment.ts'

/** What may be repeated in place: a column, a literal, an operator on them. */
const REPEATABLE_COST = 2

/**
 * Above this an expression is worked out once a row behind `having true` instead of being put in place wherever it
 * is used. A reading costs about 50 ns a row and level (PostgreSQL 18, measured), as much as a handful of numeric
 * operators.
 */
const INLINE_COST_MAX = 60

interface Column {
  readonly name: string
  readonly fragment: Fragment
}

/**
 * The lateral levels of the from clause: names for what several expressions share. A level reads only levels below.
 *
 * What the planner does: it pulls a `lateral (select …)` without a table up and puts its expressions in place of
 * every reference, so a level costs nothing and shares nothing; text stays linear, evaluation does not. Chained
 * decisions, each used twice by the next, would be worked out 2^n times. So what has grown beyond INLINE_COST_MAX
 * goes into a `lateral (select … having true)`: one row without grouping, which the planner does not pull up and
 * evaluates once a row. Neither OFFSET nor MATERIALIZED, and no table inside, so nothing is read or stored.
 */
export class Levels {
  readonly #inlined = new Map<number, Column[]>()
  readonly #evaluated = new Map<number, Column[]>()
  #columns = 0

  /** The fragment, or a reference to it where repeating it would repeat work. */
  share(fragment: Fragment): Fragment {
    return fragment.literal || fragment.reference || fragment.cost <= REPEATABLE_COST
      ? fragment
      : this.#add(fragment)
  }

  #add(fragment: Fragment): Fragment {
    const level = fragment.level + 1
    const once = fragment.cost > INLINE_COST_MAX
    const columns = once ? this.#evaluated : this.#inlined
    const name = `c${++this.#columns}`
    columns.set(level, [...(columns.get(level) ?? []), { name, fragment }])
    const cost = once ? 1 : fragment.cost
    return { ...fragment, text: `${once ? 'e' : 'l'}${level}.${name}`, level, cost, reference: true }
  }

  /** Continues the from clause after the subject. */
  get text(): string {
    const levels = [...new Set([...this.#inlined.keys(), ...this.#evaluated.keys()])].sort((a, b) => a - b)
    return levels
      .flatMap(level => [
        this.#lateral(this.#inlined.get(level), `l${level}`, ''),
        this.#lateral(this.#evaluated.get(level), `e${level}`, ' having true'),
      ])
      .join('')
  }

  #lateral(columns: readonly Column[] | undefined, alias: string, having: string): string {
    if (columns === undefined) return ''
    const items = columns.map(({ name, fragment }) => `    ${fragment.text} as ${name}`)
    return `\n  cross join lateral (select\n${items.join(',\n')}${having}) as ${alias}`
  }
}
