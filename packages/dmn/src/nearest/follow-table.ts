import type { TableBody, TypedRule } from '../node/program.ts'
import type { Test } from '../node/test.ts'
import { Decimal } from '../value/number.ts'
import { equalValues, type Value } from '../value/value.ts'
import { asMoving, type Germ, plus, still, valueHere, ZERO } from './germ.ts'
import type { Place } from './place.ts'

/** A rule that can match while the input moves, with the cells that may still change their minds. */
export interface OpenRule {
  readonly rule: TypedRule
  readonly cells: readonly { readonly column: number; readonly test: Test }[]
  /** False where a cell that stays as it is keeps the rule out: kept in view for another input to open. */
  readonly open: boolean
}

/** Leaves out what does not match wherever the input goes, most rules of a long table, unless all are wanted. */
export function openRules(body: TableBody, place: Place, dependsTest: (test: Test) => boolean): OpenRule[] {
  const fixed = body.columns.map(({ expression: { node } }) => !place.depends(node))
  const values = body.columns.map(({ expression: { node } }, c) =>
    fixed[c] === true ? place.about(still(place.steady(node))) : undefined,
  )
  return body.rules.flatMap(rule => {
    const cells: { column: number; test: Test }[] = []
    let open = true
    for (const [column, { test }] of rule.cells.entries()) {
      const about = values[column]
      if (test.kind === 'any') continue
      if (about === undefined || dependsTest(test)) cells.push({ column, test })
      else if (open && about.test(test) !== true) open = false
    }
    return open || place.thorough ? [{ rule, cells, open }] : []
  })
}

/** The value of a table just beyond the place. */
export function followTable(body: TableBody, rules: readonly OpenRule[], place: Place): Germ {
  const columns = body.columns.map(({ expression: { node } }) => place.about(place.follow(node)))
  const hits: TypedRule[] = []
  for (const { rule, cells, open } of rules) {
    // The first cell that fails keeps the rule out for as long as it does.
    const holds = ({ column, test }: OpenRule['cells'][number]) => columns[column]?.test(test) === true
    const matches = place.thorough ? !cells.map(holds).includes(false) : cells.every(holds)
    if (!matches || !open) continue
    hits.push(rule)
    if (body.hitPolicy === 'F' && !place.thorough) break
  }
  return decide(body, hits, place)
}

function decide(body: TableBody, hits: readonly TypedRule[], place: Place): Germ {
  const { hitPolicy, outputs } = body
  const [first, second] = hits
  if (hitPolicy === 'C#' && first !== undefined) return still(new Decimal(hits.length))
  if (first === undefined) {
    if (outputs.some(output => output.default !== undefined)) {
      return combined(
        body,
        outputs.map(output => (output.default ? place.follow(output.default.node) : still(null))),
      )
    }
    return still(hitPolicy === 'C#' ? ZERO : null)
  }
  const of = (rule: TypedRule) => combined(body, outputsOf(rule, place))
  switch (hitPolicy) {
    case 'U':
      return second === undefined ? of(first) : still(null)
    case 'F':
    case 'A':
      return of(first)
    case 'P':
      return of(bestOf(body, hits, place))
    case 'C+':
      return sumOf(hits.map(rule => asMoving(of(rule))))
    case 'C<':
    case 'C>':
      return leastOf(hits.map(of), place, hitPolicy === 'C<')
    default:
      // Lists: what they hold at the place.
      return still(
        hits.map(rule => valueHere(of(rule))),
        false,
      )
  }
}

function outputsOf(rule: TypedRule, place: Place): Germ[] {
  return rule.outputs.map(({ node }) => place.follow(node))
}

function combined({ outputs }: TableBody, germs: readonly Germ[]): Germ {
  const [only = still(null)] = germs
  if (outputs.length === 1) return only
  const fields = new Map(outputs.map(({ name }, i) => [name ?? '', germs[i] ?? still(null)]))
  return { ...still(null, false), fields }
}

function bestOf({ outputs }: TableBody, hits: readonly TypedRule[], place: Place): TypedRule {
  const ranked = hits.map(rule => ({
    rule,
    ranks: outputsOf(rule, place).map((germ, i) =>
      rankOf(valueHere(germ), outputs[i]?.priorities ?? [], place),
    ),
  }))
  const [best] = ranked.toSorted((a, b) =>
    a.ranks.reduce((order, rank, i) => order || rank - (b.ranks[i] ?? 0), 0),
  )
  return best?.rule ?? (hits[0] as TypedRule)
}

function rankOf(value: Value, priorities: TableBody['outputs'][number]['priorities'], place: Place): number {
  const rank = priorities.findIndex(node => equalValues(place.steady(node), value))
  return rank < 0 ? Number.MAX_SAFE_INTEGER : rank
}

function sumOf(values: readonly ReturnType<typeof asMoving>[]): Germ {
  let total: Germ = still(ZERO)
  for (const value of values) {
    const before = asMoving(total)
    if (before === undefined || value === undefined) return still(null)
    total = plus(before, value, 'number')
  }
  return total
}

function leastOf(values: readonly Germ[], place: Place, least: boolean): Germ {
  return values.reduce((best, value) => {
    const order = place.horizon.order(value, best)
    if (order === undefined) return still(null)
    return order !== 0 && order < 0 === least ? value : best
  })
}
