import { Decimal } from 'decimal.js'
import { evaluate, type Plain, type PlainInputs, readModel } from '../src/index.ts'
import { type DecisionSpec, type ModelSpec, modelXml, type TableSpec } from './model-xml.ts'

type Decide = (name: string) => Plain

/**
 * What a table says by the letter of DMN 8.2.11, slowly: each rule is asked in a table of its own whether it matches,
 * each output in an expression of its own, and the hit policy is read off the two.
 */
export function referenceOf(spec: ModelSpec, table: TableSpec, asOf: string): (inputs: PlainInputs) => Plain {
  const model = readModel(modelXml({ ...spec, decisions: partsOf(table, Object.keys(spec.inputs ?? {})) }), {
    file: 'reference.dmn',
  })
  return inputs => combine(table, name => evaluate(model, name, inputs, { asOf }).value)
}

function partsOf({ columns, outputs, rules }: TableSpec, requires: string[]): Record<string, DecisionSpec> {
  const parts: Record<string, DecisionSpec> = {}
  for (const [r, rule] of rules.entries()) {
    const cells = rule.slice(0, columns.length)
    parts[`命中${r}`] = { requires, table: { columns, outputs: [{}], rules: [[...cells, 'true']] } }
    for (const [o] of outputs.entries()) {
      parts[`结果${r}_${o}`] = { requires, expression: rule[columns.length + o] ?? '' }
    }
  }
  for (const [o, output] of outputs.entries()) {
    if (output.default !== undefined) parts[`缺省_${o}`] = { requires, expression: output.default }
  }
  return parts
}

function combine({ hitPolicy = 'U', columns, outputs, rules }: TableSpec, decide: Decide): Plain {
  const together = (values: readonly Plain[]): Plain =>
    outputs.length === 1
      ? (values[0] ?? null)
      : Object.fromEntries(outputs.map(({ name = '' }, o) => [name, values[o] ?? null]))
  const hits = rules.flatMap((rule, r) => (decide(`命中${r}`) === true ? [{ rule, r }] : []))
  const outputOf = ({ r }: { r: number }) => together(outputs.map((_, o) => decide(`结果${r}_${o}`)))
  if (hits.length === 0) {
    if (outputs.every(output => output.default === undefined)) return hitPolicy === 'C#' ? '0' : null
    return together(outputs.map(({ default: text }, o) => (text === undefined ? null : decide(`缺省_${o}`))))
  }
  const rank = ({ rule }: { rule: readonly string[] }) =>
    outputs.map(({ values = '' }, o) => values.split(', ').indexOf(rule[columns.length + o] ?? ''))
  const ranked = hits.toSorted((a, b) => compareLists(rank(a), rank(b)))
  const values = hits.map(outputOf)
  const [first = null] = values
  switch (hitPolicy) {
    case 'U':
      return hits.length === 1 ? first : null
    case 'F':
      return first
    case 'A':
      return values.every(value => JSON.stringify(value) === JSON.stringify(first)) ? first : null
    case 'P':
      return ranked.map(outputOf)[0] ?? null
    case 'O':
      return ranked.map(outputOf)
    case 'R':
    case 'C':
      return values
    case 'C#':
      return String(hits.length)
    default:
      return values.includes(null) ? null : aggregate(hitPolicy, values.map(String))
  }
}

/** Numbers by number, dates and texts by their characters: years have four digits. */
function aggregate(hitPolicy: string, values: readonly string[]): Plain {
  const numbers = values.every(value => /^-?\d+(\.\d+)?$/.test(value))
  if (hitPolicy === 'C+') {
    const model = readModel(modelXml({ decisions: { 合计: { expression: `sum(${values.join(', ')})` } } }), {
      file: 'sum.dmn',
    })
    return evaluate(model, '合计', {}, { asOf: '2024-02-29' }).value
  }
  const sorted = values.toSorted((a, b) =>
    numbers ? new Decimal(a).comparedTo(b) : compareLists(pointsOf(a), pointsOf(b)),
  )
  return sorted.at(hitPolicy === 'C<' ? 0 : -1) ?? null
}

function pointsOf(text: string): number[] {
  return Array.from(text, character => character.codePointAt(0) ?? 0)
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (const [i, item] of a.entries()) {
    const other = b[i]
    if (other === undefined) return 1
    if (item !== other) return item - other
  }
  return a.length - b.length
}
