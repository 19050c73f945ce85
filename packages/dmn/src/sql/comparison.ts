import type { EqualNode, OrderOperator } from '../node/node.ts'
import { isScalar } from '../value/type.ts'
import { equalsConstant } from './choices.ts'
import type { Emitter } from './emitter.ts'
import { type Fragment, over } from './fragment.ts'
import { isNull, nullCheck } from './nulls.ts'

export function compared(
  emitter: Emitter,
  left: Fragment,
  operator: OrderOperator | '=',
  right: Fragment,
): Fragment {
  const [l, r] = emitter.pair(left, right)
  const collation = left.sqlType === 'text' && operator !== '=' ? emitter.dialect.collation : ''
  return over([l, r], { text: `(${l.text}${collation} ${operator} ${r.text})`, sqlType: 'boolean' })
}

/** FEEL's `=` and `!=`: never null themselves. */
export function emitEqual(emitter: Emitter, { left, right, negated, type }: EqualNode): Fragment {
  if (!isScalar(left.type) && left.type !== 'null') {
    return emitter.refuse(
      left,
      type,
      '批量运行时只能比较单个值。',
      'In bulk only single values can be compared.',
    )
  }
  const constant = emitter.constantOf(right)
  if (constant !== undefined && constant !== null) {
    const byRule = equalsConstant(emitter.node(left), constant, negated)
    if (byRule !== undefined) return byRule
  }
  const [l, r] = emitter.pair(emitter.node(left), emitter.node(right))
  if (isNull(r)) return nullCheck(l, !negated)
  if (isNull(l)) return nullCheck(r, !negated)
  const operands = [l, r]
  if (!l.nullable && !r.nullable) {
    return over(operands, { text: `(${l.text} ${negated ? '<>' : '='} ${r.text})`, sqlType: 'boolean' })
  }
  // With one side known to be there, `is true` settles the null; PostgreSQL can still use the plain operator.
  const text =
    l.nullable && r.nullable
      ? `(${l.text} is ${negated ? '' : 'not '}distinct from ${r.text})`
      : `((${l.text} = ${r.text}) is ${negated ? 'not ' : ''}true)`
  return over(operands, { text, sqlType: 'boolean', nullable: false })
}
