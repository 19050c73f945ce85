import type { Node } from '../node/node.ts'
import type { TypedDecision, TypedInput, TypedText } from '../node/program.ts'
import { covers, type Region, regionOf } from '../node/region.ts'
import { childrenOf, walk } from '../node/walk.ts'
import type { Location } from '../problem.ts'
import { Decimal, isDecimal } from '../value/number.ts'
import type { Reporter } from './scope.ts'

const ZERO = { value: new Decimal(0), side: 0 } as const
const AFTER_ZERO = { value: new Decimal(0), side: 1 } as const

/**
 * Divisions by what can be zero as far as the model says: a zero written out, or an input whose allowed values hold
 * zero, unless an `if` around it asks about that input. Of inputs that allow anything nothing is said.
 */
export function checkDivisions(
  { body }: TypedDecision,
  inputs: ReadonlyMap<string, TypedInput>,
  report: Reporter,
): void {
  const zeroes = new Set([...inputs].filter(([, input]) => allowsZero(input)).map(([name]) => name))
  const look = ({ node, text, line }: TypedText, place: Partial<Location>) =>
    search(node, zeroes, report.at({ ...place, text, line }))
  if (body.kind === 'expression') look(body.expression, {})
  if (body.kind !== 'table') return
  for (const [c, { expression }] of body.columns.entries()) look(expression, { column: c + 1 })
  for (const rule of body.rules) {
    for (const [o, output] of rule.outputs.entries()) look(output, { rule: rule.number, output: o + 1 })
  }
}

function search(node: Node, zeroes: ReadonlySet<string>, report: Reporter): void {
  if (node.kind === 'arithmetic' && node.operator === '/') reportDivisor(node.right, zeroes, report)
  const asked = node.kind === 'if' || node.kind === 'choose' ? inputsIn(node.condition) : undefined
  const left = asked === undefined ? zeroes : new Set([...zeroes].filter(name => !asked.has(name)))
  for (const child of childrenOf(node)) search(child, left, report)
}

function inputsIn(node: Node): ReadonlySet<string> {
  return new Set([...walk(node)].flatMap(each => (each.kind === 'input' ? [each.name] : [])))
}

function reportDivisor(divisor: Node, zeroes: ReadonlySet<string>, report: Reporter): void {
  const { from, to } = divisor
  if (divisor.kind === 'literal' && isDecimal(divisor.value) && divisor.value.isZero()) {
    const sentence = {
      zh: '除数写的是 0，结果总是空值。请改正除数。',
      en: 'The divisor is 0 as it is written; the result is always null. Correct the divisor.',
    }
    report.warn('division-by-zero', sentence, { from, to })
  }
  if (divisor.kind !== 'input' || !zeroes.has(divisor.name)) return
  const { name } = divisor
  report.warn(
    'division-by-zero',
    {
      zh: `“${name}”可以为 0（例如 ${name} = 0），届时结果为空值。请用 if 说明这种情况，或收紧允许值。`,
      en: `"${name}" can be 0 (${name} = 0 for one), and the result is then null. Say with an if what holds then, or narrow its allowed values.`,
    },
    { from, to },
  )
}

function allowsZero({ type, allowed }: TypedInput): boolean {
  if (type !== 'number' || allowed.length === 0) return false
  return allowed.every(({ test }) => {
    const region: Region | undefined = regionOf(test)
    return region !== undefined && covers(region, { low: ZERO, high: AFTER_ZERO })
  })
}
