import type { FunctionName } from '../../node/functions.ts'
import type { CallNode } from '../../node/node.ts'
import { NUMBER_PATTERN } from '../../value/number.ts'
import type { EmitCall } from '../dialect.ts'
import type { Emitter } from '../emitter.ts'
import { asNumeric, type Fragment, over, type SqlType } from '../fragment.ts'
import { nullCheck } from '../nulls.ts'
import { substring } from '../substring.ts'
import { monthsBetween } from './dates.ts'
import { add, anyNumeric } from './numbers.ts'
import { literalFragment, quoted } from './quote.ts'

const NULL = literalFragment(null, 'string')

/** FEEL's functions in PostgreSQL. */
export const CALLS: Readonly<Record<FunctionName, EmitCall>> = {
  min: (_, args) => extreme(args, SMALLER),
  max: (_, args) => extreme(args, LARGER),
  sum: (_, [first = NULL, ...rest]) => rest.reduce((total, each) => add(total, each), first),
  abs: (_, [x = NULL]) =>
    over([x], { text: `abs(${asNumeric(x).text})`, sqlType: 'numeric', shape: x.shape }),
  modulo: (emitter, [a = NULL, b = NULL]) => {
    const divisor = emitter.share(
      over([b], {
        text: `nullif(${asNumeric(b).text}, 0)`,
        sqlType: 'numeric',
        nullable: true,
        shape: b.shape,
      }),
    )
    const scale = Math.max(a.shape.scale, b.shape.scale)
    const rest = emitter.share(
      over([a, divisor], {
        text: `mod(${asNumeric(a).text}, ${divisor.text})`,
        sqlType: 'numeric',
        shape: { int: Math.min(a.shape.int, b.shape.int), scale },
      }),
    )
    // SQL gives the rest the sign of the dividend, FEEL that of the divisor.
    const moved = add(rest, divisor)
    const asItIs = `${rest.text} = 0 or sign(${rest.text}) = sign(${divisor.text})`
    return over([rest, rest, divisor, moved], {
      text: `(case when ${asItIs} then ${rest.text} else ${moved.text} end)`,
      sqlType: 'numeric',
      shape: moved.shape,
    })
  },
  'date from text': (emitter, _, node) =>
    emitter.refuse(
      node,
      'date',
      '批量运行时不能从文本读日期。请把该输入声明为 date 类型。',
      'In bulk a date cannot be read from a text; declare the input as a date.',
    ),
  'date from parts': (emitter, _, node) =>
    emitter.refuse(
      node,
      'date',
      '批量运行时 date(年, 月, 日) 的参数须为常数。请用日期加时长代替。',
      'In bulk date(year, month, day) takes constants; add a duration to a date instead.',
    ),
  'years and months duration': (emitter, [from = NULL, to = NULL]) => monthsBetween(from, to, emitter.share),
  'string length': (_, [text = NULL]) =>
    over([text], { text: `char_length(${text.text})`, sqlType: 'integer', shape: { int: 10, scale: 0 } }),
  substring,
  'upper case': (_, [text = NULL]) => changedCase('upper', text),
  'lower case': (_, [text = NULL]) => changedCase('lower', text),
  contains: (_, [text = NULL, part = NULL]) =>
    over([text, part], { text: `(strpos(${text.text}, ${part.text}) > 0)`, sqlType: 'boolean' }),
  'starts with': (_, [text = NULL, part = NULL]) =>
    over([text, part], { text: `starts_with(${text.text}, ${part.text})`, sqlType: 'boolean' }),
  'ends with': (_, [text = NULL, part = NULL]) =>
    over([text, part], {
      text: `starts_with(reverse(${text.text}), reverse(${part.text}))`,
      sqlType: 'boolean',
    }),
  string: (emitter, [value = NULL], node) => asText(emitter, value, node),
  number: (_, [text = NULL]) => {
    // substring(… from pattern) gives null for a text that is no number, so the cast never sees one.
    const digits = `substring(${text.text} from ${quoted(`^(?:${NUMBER_PATTERN})$`)})::numeric`
    return anyNumeric(over([text], { text: digits, sqlType: 'numeric', nullable: true, cost: 4 }))
  },
  'is defined': (_, [value = NULL]) => nullCheck(value, false),
}

const SMALLER: Partial<Record<SqlType, string>> = {
  numeric: 'numeric_smaller',
  date: 'date_smaller',
  text: 'text_smaller',
}
const LARGER: Partial<Record<SqlType, string>> = {
  numeric: 'numeric_larger',
  date: 'date_larger',
  text: 'text_larger',
}

/**
 * By the functions behind PostgreSQL's own min() and max(): they are null when either side is, as FEEL wants it,
 * where least() and greatest() pass over nulls; and they read each side once, where a guard would read it twice.
 */
function extreme(args: readonly Fragment[], functions: typeof SMALLER): Fragment {
  const collation = args[0]?.sqlType === 'text' ? ' collate "C"' : ''
  const [first = NULL, ...rest] = args.map(asNumeric)
  return rest.reduce(
    (best, each) =>
      over([best, each], {
        text: `${functions[best.sqlType]}(${best.text}${collation}, ${each.text})`,
        sqlType: best.sqlType,
        shape: {
          int: Math.max(best.shape.int, each.shape.int),
          scale: Math.max(best.shape.scale, each.shape.scale),
        },
      }),
    first,
  )
}

/** By Unicode's own rules whatever the database's locale; then back to the order of code points. */
function changedCase(fn: 'upper' | 'lower', text: Fragment): Fragment {
  return over([text], { text: `(${fn}(${text.text} collate "und-x-icu") collate "C")`, sqlType: 'text' })
}

function asText(emitter: Emitter, value: Fragment, node: CallNode): Fragment {
  const [arg] = node.args
  switch (arg?.type) {
    case 'string':
      return value
    case 'number':
      return over([value], { text: `trim_scale(${asNumeric(value).text})::text`, sqlType: 'text', cost: 2 })
    case 'boolean':
      return over([value], { text: `${value.text}::text`, sqlType: 'text' })
    case 'date':
      return over([value], { text: `to_char(${value.text}, 'YYYY-MM-DD')`, sqlType: 'text', cost: 2 })
    default:
      return emitter.refuse(
        node,
        'string',
        '批量运行时不能把时长转成文本。',
        'In bulk a duration cannot be turned into text.',
      )
  }
}
