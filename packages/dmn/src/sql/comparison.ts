import type { OrderOperator } from '../node/node.ts'
import type { Emitter } from './emitter.ts'
import { type Fragment, over } from './fragment.ts'

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
