import type { Declared } from '../node/declared.ts'
import type { Node } from '../node/node.ts'
import { conformsTo, isScalar, nameOfType, type Type } from '../node/type.ts'
import type { Reporter } from './scope.ts'
import type { TypeNames } from './type-names.ts'
import { withType } from './typed-nodes.ts'

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
  return declared.type === 'Any' || (conformsTo(type, declared.type) && !hasTests(declared, true))
}

/** Allowed values bind what comes from outside and the parts of what is built; a scalar result states its own. */
function hasTests(declared: Declared, top: boolean): boolean {
  if (declared.allowed.length > 0 && !(top && isScalar(declared.type))) return true
  if (declared.items && hasTests(declared.items, false)) return true
  return (declared.components ?? []).some(each => hasTests(each.declared, false))
}

/** The node brought to a declared type where it is not known to conform. */
export function asDeclared(node: Node, declared: Declared | undefined, name: string): Node {
  if (declared === undefined || declared.type === 'Any') return node
  if (node.type === 'null' && isScalar(declared.type)) return withType(node, declared.type)
  if (surelyConforms(node.type, declared)) return node
  return {
    kind: 'coerce',
    type: declared.type,
    from: node.from,
    to: node.to,
    operand: node,
    declared,
    name,
  }
}

/** Says so where no value of the one scalar type is ever of the other. */
export function reportMismatch(type: Type, declared: Declared, report: Reporter): void {
  if (!isScalar(type) || !isScalar(declared.type) || type === declared.type) return
  report.error('type', {
    zh: `决策声明的类型是${nameOfType(declared.type, 'zh')}，得出的却是${nameOfType(type, 'zh')}。请改正其一。`,
    en: `The decision is declared as ${nameOfType(declared.type, 'en')} but gives ${nameOfType(type, 'en')}. Correct one of them.`,
  })
}
