import type { Program, TableBody, TypedDecision } from '../node/program.ts'
import { Ground } from './ground.ts'
import { findPairs } from './pairs.ts'
import { Search } from './search.ts'
import { changedBy, effortOf, type Mover, type Step } from './step.ts'
import type { Trials } from './trials.ts'

/** Rules with the wanted output that are looked at; a table has one for each tier. */
const RULES_MAX = 50

/**
 * What each condition of a rule needs that gives the wanted answer, one condition after the other: the way to an answer
 * from which several conditions stand apart. Where a condition can be met in several ways, each of them is one more way.
 */
export function findByRule(trials: Trials, movers: readonly Mover[], togetherMax: number): Step[][] {
  const { body } = trials.ground.asked
  if (body.kind !== 'table') return []
  const run = trials.ground.read(trials.inputs, trials.options)
  const rules = body.rules.filter(rule => {
    const [only, another] = rule.outputs
    if (only === undefined || another !== undefined) return false
    return trials.meets(trials.ground.valueOf(only.node, trials.ground.asked, run))
  })
  if (rules.length > RULES_MAX) trials.allowance.doubt()
  return rules.slice(0, RULES_MAX).flatMap(({ number }) => waysTo(number, body, trials, movers, togetherMax))
}

function waysTo(
  rule: number,
  body: TableBody,
  trials: Trials,
  movers: readonly Mover[],
  togetherMax: number,
): Step[][] {
  let way: readonly Step[] = []
  const others: (readonly Step[])[] = []
  for (const column of body.columns.keys()) {
    const cell = cellOf(trials.ground, rule, column)
    if (cell === undefined) continue
    const search = new Search(trials.about(cell, { is: true }))
    if (search.trials.reach(changedBy(way)) !== undefined) continue
    const read = movers.filter(({ typed: { data } }) =>
      cell.inputs.some(input => input.data.name === data.name),
    )
    const ways = waysToMeet(search, read, way)
    const [best, ...instead] = ways.toSorted((a, b) => effortOf(a) - effortOf(b))
    if (best === undefined || best.length > togetherMax) return []
    others.push(...instead)
    way = best
  }
  return [way, ...others].flatMap(each => {
    const value = each.length === 0 || each.length > togetherMax ? undefined : trials.reach(changedBy(each))
    return value === undefined ? [] : [each.map(step => ({ ...step, value }))]
  })
}

/**
 * The way so far with one input more, or with one of its inputs further away; or two inputs, as of a sum both parts of
 * which are missing.
 */
function waysToMeet(search: Search, movers: readonly Mover[], way: readonly Step[]): (readonly Step[])[] {
  const singles = movers.flatMap(mover => {
    const rest = way.filter(step => step.mover !== mover)
    const step = search.single(mover, changedBy(rest))
    return step === undefined ? [] : [[...rest, step]]
  })
  if (singles.length > 0) return singles
  const changed = changedBy(way)
  const free = movers.filter(({ typed }) => !changed.has(typed.data.name))
  return findPairs(new Search(search.trials.after(changed)), free).map(pair => [...way, ...pair])
}

const cells = new WeakMap<Ground, Map<string, Ground | undefined>>()

/** One condition of one rule as a decision of its own: whether it is met. */
function cellOf(ground: Ground, rule: number, column: number): Ground | undefined {
  const known = cells.get(ground) ?? new Map<string, Ground | undefined>()
  cells.set(ground, known)
  const key = `${rule}.${column}`
  if (!known.has(key)) known.set(key, groundOfCell(ground, rule, column))
  return known.get(key)
}

function groundOfCell({ program, asked }: Ground, rule: number, column: number): Ground | undefined {
  const { body, decision } = asked
  if (body.kind !== 'table') return undefined
  const { expression } = body.columns[column] ?? {}
  const cell = body.rules[rule - 1]?.cells[column]
  if (expression === undefined || cell === undefined || cell.test.kind === 'any') return undefined
  const name = `${decision.name} › ${rule}.${column + 1}`
  const place = { from: 0, to: cell.text.length }
  const condition: TypedDecision = {
    decision: { ...decision, name },
    file: asked.file,
    type: 'boolean',
    requires: asked.requires,
    sources: [],
    body: {
      kind: 'expression',
      expression: {
        node: { kind: 'in', type: 'boolean', operand: expression.node, test: cell.test, ...place },
        text: cell.text,
        line: expression.line,
      },
    },
  }
  const decisions = new Map([...program.decisions, [name, condition]])
  return new Ground({ ...program, decisions } satisfies Program, name)
}
