import type { CallNode } from '../node/node.ts'
import type { Emitter } from './emitter.ts'
import { type Fragment, over } from './fragment.ts'

/** More characters than any text has. */
const INTEGER_MAX = 1_000_000_000

/** By characters, which both databases count as code points. */
export function substring(emitter: Emitter, args: readonly Fragment[], node: CallNode): Fragment {
  const nothing = emitter.dialect.literal(null, 'string')
  const [text = nothing] = args
  const counts = node.args.slice(1).map(arg => emitter.constantOf(arg))
  const [start, length] = counts.map(count =>
    typeof count === 'object' && count !== null && 'trunc' in count ? count.trunc().toNumber() : undefined,
  )
  if (start === undefined || (counts.length === 2 && length === undefined)) {
    return emitter.refuse(
      node,
      'string',
      '批量运行时 substring() 的位置和长度须为常数。',
      'In bulk the position and length of substring() must be constants.',
    )
  }
  if (start === 0 || (length !== undefined && length < 0)) return nothing
  const count = length === undefined ? '' : `, ${Math.min(length, INTEGER_MAX)}`
  if (start > 0) {
    return over([text], {
      text: `substr(${text.text}, ${Math.min(start, INTEGER_MAX)}${count})`,
      sqlType: 'text',
    })
  }
  const one = emitter.share(text)
  const fromEnd = Math.min(-start, INTEGER_MAX)
  const tail =
    count === '' ? `right(${one.text}, ${fromEnd})` : `substr(right(${one.text}, ${fromEnd}), 1${count})`
  return over([one, one], {
    text: `(case when length(${one.text}) >= ${fromEnd} then ${tail} end)`,
    sqlType: 'text',
    nullable: true,
    cost: 3,
  })
}
