import { rulesExcludeEachOther } from '../node/disjoint.ts'
import type { TableBody, TypedRule } from '../node/program.ts'
import { type ColumnIndex, indexRules, type RuleSet } from '../node/rule-index.ts'
import { isScalar } from '../value/type.ts'
import type { Emitter } from './emitter.ts'
import { type Fragment, over } from './fragment.ts'

const PICK = { sqlType: 'integer', shape: { int: 10, scale: 0 } } as const

/**
 * A long table as joins with rule tables. Each column joins the segments of its values, found by binary search; the sets of rules
 * that the segments let through meet as bit strings, and the first bit left is the rule. Work a row grows with the columns
 * and the logarithm of the rules, where a `case` over all rules grows with the rules.
 *
 * @param columns  references, one a condition column
 * @param rules  in the order in which the first that matches decides
 * @returns number of the deciding rule, 0 for none, null where Unique is violated; undefined where a cell's bounds are not written out
 */
export function lookUpRule(
  emitter: Emitter,
  body: TableBody,
  columns: readonly Fragment[],
  rules: readonly TypedRule[],
): Fragment | undefined {
  const indexes = indexRules(rules)
  if (indexes === undefined) return undefined
  const sets = indexes.flatMap((index, c) => {
    const column = columns[c]
    return index && column ? [segmentRules(emitter, column, index, rules.length)] : []
  })
  const all = bits(new Uint8Array(rules.length).fill(1))
  const left = sets.length === 0 ? all : `(${sets.map(set => set.text).join(' & ')})`
  const matched = emitter.share(over(sets, { text: left, sqlType: 'text', cost: 4, nullable: false }))
  const first = `position(B'1' in ${matched.text})`
  const place = over([matched], { text: first, ...PICK, nullable: false })
  const inOrder = rules.every((rule, i) => rule.number === i + 1)
  if (body.hitPolicy === 'U' && !rulesExcludeEachOther(body)) {
    return over([matched, matched], {
      text: `(case bit_count(${matched.text}) when 0 then 0 when 1 then ${first} end)`,
      ...PICK,
      nullable: true,
    })
  }
  if (inOrder) return place
  const numbers = `'{${rules.map(rule => rule.number).join(',')}}'::integer[]`
  return over([place], { text: `coalesce((${numbers})[${place.text}], 0)`, ...PICK, nullable: false })
}

/** The set of rules that a column's value lets through. */
function segmentRules(emitter: Emitter, column: Fragment, index: ColumnIndex, rules: number): Fragment {
  const x = emitter.share(column)
  const { points, between, at, missing } = index
  const below = between[0] ?? new Uint8Array(rules)
  const absent = x.nullable ? [`when ${x.text} is null then ${bits(missing)}`] : []
  const set = (whens: readonly string[], otherwise: string) => {
    const text = [...absent, ...whens].join(' ')
    return text === '' ? otherwise : `(case ${text} else ${otherwise} end)`
  }
  const fragment = (text: string) => over([x], { text, sqlType: 'text', nullable: false, cost: 3 })
  if (x.sqlType === 'boolean')
    return fragment(set([`when ${x.text} then ${bits(at[0] ?? below)}`], bits(below)))
  if (points.length === 0) return fragment(set([], bits(below)))
  const type = x.sqlType === 'text' || x.sqlType === 'date' ? x.sqlType : 'numeric'
  const values = points.map(point => emitter.literalOf(point).text)
  const key = `width_bucket(${x.text}${type === 'numeric' ? '::numeric' : ''}, array[${values.join(', ')}]::${type}[])`
  const rows = between.map((above, i) => {
    const value = i === 0 ? `null::${type}` : `${values[i - 1]}`
    return `(${i}, ${value}, ${bits(i === 0 ? above : (at[i - 1] ?? above))}, ${bits(above)})`
  })
  const found = emitter.statement.levels.join(
    over([x], { text: key, sqlType: 'integer' }),
    ['segment', 'point', 'at', 'above'],
    rows,
  )
  const text = set(
    [`when ${x.text} = ${found.column('point')} then ${found.column('at')}`],
    found.column('above'),
  )
  return { ...fragment(text), level: found.level }
}

/** The outputs of the picked rule joined, where all of them are constants; undefined where one is not. */
export function lookUpOutputs(
  emitter: Emitter,
  body: TableBody,
  pick: Fragment,
): readonly Fragment[] | undefined {
  const rows = body.rules.map(rule => ({
    number: rule.number,
    nodes: rule.outputs.map(output => output.node),
  }))
  if (body.outputs.some(output => output.default !== undefined)) {
    rows.push({
      number: 0,
      nodes: body.outputs.flatMap(output => (output.default ? [output.default.node] : [])),
    })
  }
  if (rows.some(({ nodes }) => nodes.length !== body.outputs.length)) return undefined
  if (!body.outputs.every(({ type }) => isScalar(type))) return undefined
  if (!rows.every(({ nodes }) => nodes.every(node => emitter.statement.constants.isConstant(node))))
    return undefined
  const columns = body.outputs.map((_, o) =>
    emitter.dialect.alike(
      emitter,
      rows.map(({ nodes }) => {
        const node = nodes[o]
        return node ? emitter.node(node) : emitter.dialect.literal(null, 'string')
      }),
    ),
  )
  const lines = rows.map(({ number }, r) => {
    const values = columns.map(column => `${column[r]?.text}::${column[r]?.sqlType}`)
    return `(${[number, ...values].join(', ')})`
  })
  const names = columns.map((_, o) => `output_${o + 1}`)
  const found = emitter.statement.levels.join(pick, ['rule', ...names], lines)
  return columns.map((column, o): Fragment => {
    const [like = emitter.dialect.literal(null, 'string')] = column
    return {
      text: found.column(names[o] ?? ''),
      sqlType: like.sqlType,
      nullable: true,
      shape: {
        int: Math.max(...column.map(each => each.shape.int)),
        scale: Math.max(...column.map(each => each.shape.scale)),
      },
      cost: 1,
      level: found.level,
      literal: false,
      reference: true,
    }
  })
}

/** Hexadecimal, so the last digit may carry places no rule has; they are 0. */
function bits(set: RuleSet): string {
  let text = ''
  for (let i = 0; i < set.length; i += 4) {
    const digit = (set[i] ?? 0) * 8 + (set[i + 1] ?? 0) * 4 + (set[i + 2] ?? 0) * 2 + (set[i + 3] ?? 0)
    text += digit.toString(16)
  }
  return `X'${text}'`
}
