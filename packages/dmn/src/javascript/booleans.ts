import type { Test } from '../node/test.ts'
import type { Code } from './code.ts'
import type { Emitter } from './emitter.ts'
import { alike, ordered } from './numbers.ts'
import { present } from './writer.ts'

/**
 * A condition is wanted in one of two ways: as its value, true, false or null; or as a plain JavaScript truth, whether it is
 * surely true or surely false. The second needs no null at all and is what rules and branches ask for.
 */
export type Wanted = 'value' | 'true' | 'false'

export const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const

/** From what is there when the operands are: `holds` if none is missing, else null, or not that truth. */
export function tested(
  emitter: Emitter,
  operands: readonly Code[],
  wanted: Wanted,
  holds: (...atoms: Code[]) => string,
  fails: (...atoms: Code[]) => string,
): string {
  const { writer } = emitter
  if (wanted === 'value') return writer.strict(operands, holds)
  return writer.over(
    operands,
    (...atoms) => `(${present(atoms)}${(wanted === 'true' ? holds : fails)(...atoms)})`,
  )
}

export function compare(
  emitter: Emitter,
  left: Code,
  operator: keyof typeof OPPOSITE,
  right: Code,
  wanted: Wanted,
): string {
  const [a = left, b = right] = numeric(left) ? alike(emitter.writer, [left, right]) : [left, right]
  return tested(
    emitter,
    [a, b],
    wanted,
    (x: Code, y: Code) => ordered(x, operator, y),
    (x: Code, y: Code) => ordered(x, OPPOSITE[operator], y),
  )
}

/** A value that is there equals one that is there. */
export function same(left: Code, right: Code): string {
  return left.held === 'decimal' ? `${left.text}.eq(${right.text})` : `${left.text} === ${right.text}`
}

/** FEEL's `=`: null equals null; never null itself. */
export function equal(emitter: Emitter, left: Code, right: Code, negated: boolean): string {
  const [a = left, b = right] = numeric(left) ? alike(emitter.writer, [left, right]) : [left, right]
  const not = negated ? '!' : ''
  return emitter.writer.over([a, b], (x: Code, y: Code) => {
    if (x.held !== 'decimal' || x.text === 'null' || y.text === 'null')
      return `(${x.text} ${negated ? '!' : '='}== ${y.text})`
    if (!x.nullable && !y.nullable) return `${not}${same(x, y)}`
    return `${not}(${x.text} === null || ${y.text} === null ? ${x.text} === ${y.text} : ${same(x, y)})`
  })
}

export function numeric({ held }: Code): boolean {
  return held === 'exact' || held === 'decimal'
}

/** Kleene's `and` and `or` over any number of conditions. */
export function allOf(
  emitter: Emitter,
  conditions: readonly ((wanted: Wanted) => string)[],
  wanted: Wanted,
): string {
  return decided(emitter, conditions, wanted, 'false')
}

export function anyOf(
  emitter: Emitter,
  conditions: readonly ((wanted: Wanted) => string)[],
  wanted: Wanted,
): string {
  return decided(emitter, conditions, wanted, 'true')
}

/** `decisive` settles the whole as soon as one condition has it. */
function decided(
  emitter: Emitter,
  conditions: readonly ((wanted: Wanted) => string)[],
  wanted: Wanted,
  decisive: 'true' | 'false',
): string {
  const neutral = decisive === 'true' ? 'false' : 'true'
  if (conditions.length === 0) return wanted === 'value' ? neutral : String(wanted === neutral)
  const [only] = conditions
  if (conditions.length === 1 && only) return only(wanted)
  if (wanted === decisive) return `(${conditions.map(each => each(wanted)).join(' || ')})`
  if (wanted !== 'value') return `(${conditions.map(each => each(wanted)).join(' && ')})`
  const names = conditions.map(() => emitter.writer.temporary())
  const steps = conditions.map((each, i) => `(${names[i]} = ${each('value')}) === ${decisive}`)
  const unknown = names.map(name => `${name} === null`).join(' || ')
  return `(${steps.join(' || ')} ? ${decisive} : ${unknown} ? null : ${neutral})`
}

/** A test on `emitter.subject`. */
export function emitTest(emitter: Emitter, test: Test, wanted: Wanted): string {
  const { subject } = emitter
  if (subject === undefined) throw new RangeError('A test needs a value it is about.')
  switch (test.kind) {
    case 'any':
      return String(wanted !== 'false')
    case 'is null':
      return subject.nullable
        ? emitter.writer.over([subject], x => `(${x.text} ${wanted === 'false' ? '!' : '='}== null)`)
        : String(wanted === 'false')
    case 'equals': {
      const value = emitter.node(test.value)
      const [a = subject, b = value] = numeric(subject)
        ? alike(emitter.writer, [subject, value])
        : [subject, value]
      return tested(emitter, [a, b], wanted, same, (x: Code, y: Code) => `!(${same(x, y)})`)
    }
    case 'compare':
      return compare(emitter, subject, test.operator, emitter.node(test.bound), wanted)
    case 'range': {
      const { low, high } = test
      const ends: ((wanted: Wanted) => string)[] = [
        each => compare(emitter, subject, test.lowClosed ? '>=' : '>', emitter.node(low), each),
        each => compare(emitter, subject, test.highClosed ? '<=' : '<', emitter.node(high), each),
      ]
      return allOf(emitter, ends, wanted)
    }
    case 'condition': {
      const condition = emitter.truth(test.condition, wanted)
      if (test.speaksOfNull || !subject.nullable) return condition
      return emitter.writer.over([subject], x =>
        wanted === 'value'
          ? `(${x.text} === null ? null : ${condition})`
          : `(${x.text} !== null && ${condition})`,
      )
    }
    case 'one of':
      return anyOf(
        emitter,
        test.tests.map(each => (way: Wanted) => emitTest(emitter, each, way)),
        wanted,
      )
    case 'not':
      return turned(wanted, way => emitTest(emitter, test.test, way))
    case 'contained':
      return emitter.refuse(
        undefined,
        '列表中的成员判断不能编译。',
        'A test for being in a list cannot be compiled.',
        wanted === 'value' ? 'null' : 'false',
      )
    case 'invalid':
      return emitter.refuse(
        undefined,
        test.problem.zh,
        test.problem.en,
        wanted === 'value' ? 'null' : 'false',
      )
    default:
      return test satisfies never
  }
}

export function turned(wanted: Wanted, build: (wanted: Wanted) => string): string {
  if (wanted === 'true') return build('false')
  if (wanted === 'false') return build('true')
  return `rt.not(${build('value')})`
}
