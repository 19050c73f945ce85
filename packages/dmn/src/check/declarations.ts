import type { Declared } from '../node/declared.ts'
import type { Node } from '../node/node.ts'
import { intersection, isEmpty, regionOf } from '../node/region.ts'
import type { Test } from '../node/test.ts'
import { conformsTo, isScalar, nameOfType, type Type } from '../value/type.ts'
import type { Reporter } from './scope.ts'
import type { TypeNames } from './type-names.ts'
import { literal, withType } from './typed-nodes.ts'

/** What a `typeRef` declares; undefined, and reported, where it means nothing. */
export function declaredAs(
  types: TypeNames,
  typeRef: string | undefined,
  report: Reporter,
): Declared | undefined {
  if (typeRef === undefined) return undefined
  const resolved = types.resolve(typeRef)
  if ('type' in resolved) return resolved
  report.error('type', resolved)
  return undefined
}

/** Whether values of the type need no look at what they are declared to be. */
export function surelyConforms(type: Type, declared: Declared): boolean {
  return declared.type === 'Any' || (conformsTo(type, declared.type) && !hasTests(declared))
}

function hasTests(declared: Declared): boolean {
  if (declared.allowed.length > 0) return true
  if (declared.items && hasTests(declared.items)) return true
  return (declared.components ?? []).some(each => hasTests(each.declared))
}

/** The node brought to a declared type where it is not known to conform; what does not is null. */
export function asDeclared(node: Node, declared: Declared | undefined, name: string): Node {
  if (declared === undefined || declared.type === 'Any') return node
  if (node.type === 'null' && isScalar(declared.type)) return withType(node, declared.type)
  if (surelyConforms(node.type, declared)) return node
  if (isScalar(declared.type) && node.type === declared.type) return allowedOnly(node, declared, name)
  const { from, to } = node
  return { kind: 'coerce', type: declared.type, from, to, operand: node, declared, name }
}

/** A scalar that is null unless it is allowed, in nodes every back end runs. */
export function allowedOnly(node: Node, { allowed }: Declared, name: string): Node {
  if (allowed.length === 0 || isSurelyAllowed(node, allowed)) return node
  const [first] = allowed
  const test: Test =
    allowed.length === 1 && first ? first.test : { kind: 'not', test: none(allowed.map(each => each.test)) }
  const { type, from, to } = node
  const nowhere = { from, to: from }
  const texts = allowed.map(each => each.text).join(' ∧ ')
  return {
    kind: 'if',
    type,
    from,
    to,
    condition: { kind: 'in', type: 'boolean', ...nowhere, operand: node, test },
    whenTrue: node,
    otherwise: isScalar(type) ? literal(nowhere, type, null) : literal(nowhere, 'null', null),
    refusal: {
      zh: `“${name}”的值不在允许范围（${texts}）内，按空值处理。`,
      en: `The value of "${name}" is not allowed (${texts}) and is taken as null.`,
    },
  }
}

/** Met where one of the tests is not. */
function none(tests: readonly Test[]): Test {
  return { kind: 'one of', tests: tests.map(test => ({ kind: 'not', test })) }
}

/** Literals, and choices between them, can be held against the tests before any data is there. */
function isSurelyAllowed(node: Node, allowed: Declared['allowed']): boolean {
  if (node.kind === 'if') {
    return isSurelyAllowed(node.whenTrue, allowed) && isSurelyAllowed(node.otherwise, allowed)
  }
  if (node.kind === 'invalid') return true
  if (node.kind !== 'literal') return false
  if (node.value === null) return true
  const own = regionOf({ kind: 'equals', value: node })
  return allowed.every(({ test }) => {
    const region = regionOf(test)
    return own !== undefined && region !== undefined && !isEmpty(intersection(own, region))
  })
}

/** Says so where no value of the one scalar type is ever of the other. */
export function reportMismatch(type: Type, declared: Declared, report: Reporter): void {
  if (!isScalar(type) || !isScalar(declared.type) || type === declared.type) return
  report.error('type', {
    zh: `决策声明的类型是${nameOfType(declared.type, 'zh')}，得出的却是${nameOfType(type, 'zh')}。请改正其一。`,
    en: `The decision is declared as ${nameOfType(declared.type, 'en')} but gives ${nameOfType(type, 'en')}. Correct one of them.`,
  })
}
