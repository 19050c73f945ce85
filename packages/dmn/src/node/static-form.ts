import { isDuration, isScalar, type Type } from '../value/type.ts'
import type { Node } from './node.ts'
import type { SingleNode } from './single.ts'

const ORDERED: ReadonlySet<Type> = new Set<Type>(['number', 'string', 'date'])

/**
 * A dynamic operator as the static one, where its operands are of one type that is known after all: components of a declared
 * record are. Undefined for anything else.
 *
 * @param resolve  what an operand stands for, once it is known what a record has
 */
export function staticForm(node: SingleNode, resolve: (operand: Node) => Node): Node | undefined {
  switch (node.kind) {
    case 'dynamic compare': {
      const sides = both(node, resolve)
      if (!alike(sides.left, sides.right) || !isOrdered(sides.left.type)) return undefined
      return { ...node, ...sides, kind: 'compare', type: 'boolean' }
    }
    case 'dynamic equal': {
      const sides = both(node, resolve)
      return alike(sides.left, sides.right)
        ? { ...node, ...sides, kind: 'equal', type: 'boolean' }
        : undefined
    }
    case 'dynamic and':
    case 'dynamic or': {
      const sides = both(node, resolve)
      if (sides.left.type !== 'boolean' || sides.right.type !== 'boolean') return undefined
      return { ...node, ...sides, kind: node.kind === 'dynamic and' ? 'and' : 'or', type: 'boolean' }
    }
    case 'dynamic between': {
      const [operand, low, high] = [resolve(node.operand), resolve(node.low), resolve(node.high)]
      if (!alike(operand, low) || !alike(operand, high) || !isOrdered(operand.type)) return undefined
      return { ...node, operand, low, high, kind: 'between', type: 'boolean' }
    }
    case 'operate': {
      const sides = both(node, resolve)
      if (sides.left.type !== 'number' || sides.right.type !== 'number') return undefined
      return { ...node, ...sides, kind: 'arithmetic', type: 'number' }
    }
    default:
      return undefined
  }
}

function both(
  { left, right }: { readonly left: Node; readonly right: Node },
  resolve: (operand: Node) => Node,
) {
  return { left: resolve(left), right: resolve(right) }
}

function alike(left: Node, right: Node): boolean {
  return isScalar(left.type) && left.type === right.type
}

function isOrdered(type: Type): boolean {
  return ORDERED.has(type) || isDuration(type)
}
