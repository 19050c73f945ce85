import type { LiteralNode, Node } from '../node/node.ts'
import { isSingle } from '../node/single.ts'
import type { Span } from '../read/syntax.ts'
import type { ScalarType, Type } from '../value/type.ts'
import type { ScalarValue } from '../value/value.ts'

export function literal(span: Span, type: ScalarType | 'null', value: ScalarValue): LiteralNode {
  return { kind: 'literal', type, from: span.from, to: span.to, value }
}

/** Gives a node that is always null the type its place wants, so that no back end meets an untyped null. */
export function withType(node: Node, type: Type): Node {
  if (node.type !== 'null' || type === 'null') return node
  if (node.kind === 'invalid') return { ...node, type }
  return isSingle(node) ? node : { kind: 'literal', type, from: node.from, to: node.to, value: null }
}
