import type { FunctionName } from '../../node/functions.ts'
import type { CallNode } from '../../node/node.ts'
import type { EmitCall } from '../dialect.ts'
import type { Emitter } from '../emitter.ts'
import { type Fragment, over } from '../fragment.ts'
import { nullCheck } from '../nulls.ts'
import { substring } from '../substring.ts'
import { monthsBetween } from './dates.ts'
import { nothing } from './literals.ts'
import { add, alike, as, count, isCount, scaled } from './numbers.ts'
import { typeOf } from './widths.ts'

const NULL = nothing('string')

/** FEEL's functions in DuckDB. */
export const CALLS: Readonly<Record<FunctionName, EmitCall>> = {
  min: (emitter, args) => extreme(emitter, args, 'least'),
  max: (emitter, args) => extreme(emitter, args, 'greatest'),
  sum: (emitter, [first = NULL, ...rest]) => rest.reduce((total, each) => add(emitter, total, each), first),
  abs: (_, [x = NULL]) => count([x], { text: `abs(${as(x, typeOf(x.shape))})`, shape: x.shape }),
  modulo,
  'date from text': unsupported('date', '从文本读日期', 'reading a date from a text'),
  'date from parts': unsupported('date', '由变量拼成日期', 'a date from variable parts'),
  'years and months duration': (emitter, [from = NULL, to = NULL]) => monthsBetween(from, to, emitter.share),
  'string length': (_, [text = NULL]) =>
    count([text], { text: `length(${text.text})`, shape: { int: 10, scale: 0 } }),
  substring,
  'upper case': unsupported('string', '按 Unicode 转换大小写', 'changing case by Unicode'),
  'lower case': unsupported('string', '按 Unicode 转换大小写', 'changing case by Unicode'),
  contains: (_, [text = NULL, part = NULL]) => truth('contains', text, part),
  'starts with': (_, [text = NULL, part = NULL]) => truth('starts_with', text, part),
  'ends with': (_, [text = NULL, part = NULL]) => truth('ends_with', text, part),
  string: asText,
  number: unsupported('number', '从文本读数值', 'reading a number from a text'),
  'is defined': (_, [value = NULL]) => nullCheck(value, false),
}

function unsupported(type: 'date' | 'string' | 'number', zh: string, en: string): EmitCall {
  return (emitter, _, node) =>
    emitter.refuse(node, type, `在 DuckDB 中不能${zh}。`, `DuckDB has no exact form for ${en}.`)
}

/** The casts cost nothing; without them DuckDB forgets that a concatenation of nulls is a text. */
function truth(name: string, text: Fragment, part: Fragment): Fragment {
  return over([text, part], { text: `${name}(${text.text}::text, ${part.text}::text)`, sqlType: 'boolean' })
}

/** least() and greatest() pass over nulls; FEEL does not. */
function extreme(emitter: Emitter, args: readonly Fragment[], name: 'least' | 'greatest'): Fragment {
  const values = alike(emitter, args)
  const [only = NULL] = values
  if (values.length === 1) return only
  const shared = values.map(emitter.share)
  const missing = shared.filter(value => value.nullable).map(value => `${value.text} is null`)
  const best = `${name}(${shared.map(value => value.text).join(', ')})`
  const shape = {
    int: Math.max(...shared.map(value => value.shape.int)),
    scale: Math.max(...shared.map(value => value.shape.scale)),
  }
  const text = missing.length === 0 ? best : `(case when ${missing.join(' or ')} then null else ${best} end)`
  const wide = shared.some(value => value.sqlType === 'hugeint')
  const sqlType = isCount(only) ? (wide ? 'hugeint' : 'bigint') : only.sqlType
  return over([...shared, ...shared], { text, sqlType, shape })
}

/** SQL gives the rest the sign of the dividend, FEEL that of the divisor. */
function modulo(emitter: Emitter, [a = NULL, b = NULL]: readonly Fragment[]): Fragment {
  const scale = Math.max(a.shape.scale, b.shape.scale)
  const shape = { int: Math.max(a.shape.int, b.shape.int) + 1, scale }
  const type = typeOf(shape)
  const divisor = emitter.share(scaled(emitter, b, scale))
  const rest = emitter.share(
    count([scaled(emitter, a, scale), divisor], {
      text: `(${as(scaled(emitter, a, scale), type)} % nullif(${as(divisor, type)}, 0))`,
      shape,
      nullable: true,
    }),
  )
  return count([rest, rest, rest, divisor, divisor], {
    text: `(case when ${rest.text} = 0 or (${rest.text} < 0) = (${divisor.text} < 0) then ${rest.text} else ${rest.text} + ${as(divisor, type)} end)`,
    shape,
    nullable: true,
    cost: 6,
  })
}

function asText(emitter: Emitter, [value = NULL]: readonly Fragment[], node: CallNode): Fragment {
  const text = (of: string, cost = 2) => over([value], { text: of, sqlType: 'text', cost })
  switch (node.args[0]?.type) {
    case 'string':
      return value
    case 'number':
      if (value.shape.scale === 0) return text(`${value.text}::text`)
      return text(`rtrim(rtrim(${asDecimal(value)}::text, '0'), '.')`, 4)
    case 'boolean':
      return text(`${value.text}::text`)
    case 'date':
      return text(`strftime(${value.text}, '%Y-%m-%d')`)
    default:
      return emitter.refuse(
        node,
        'string',
        '批量运行时不能把时长转成文本。',
        'In bulk a duration cannot be turned into text.',
      )
  }
}

/** A count as the decimal it stands for: a product with one unit has no more digits than the count. */
export function asDecimal(value: Fragment): string {
  const { scale } = value.shape
  const { int } = value.shape
  const width = Math.max(Math.min(int + scale, 38), 1)
  const whole = `${value.text}::decimal(${width},0)`
  return scale === 0 ? whole : `(${whole} * '0.${'0'.repeat(scale - 1)}1'::decimal(${scale},${scale}))`
}
