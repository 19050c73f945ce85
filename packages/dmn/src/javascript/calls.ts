import type { FunctionName } from '../node/functions.ts'
import type { CallNode } from '../node/node.ts'
import { numeric } from './booleans.ts'
import { type Code, dateCode, nullCode } from './code.ts'
import type { Emitter } from './emitter.ts'
import { absolute, add, alike, asDecimal, decimal, exact, ordered } from './numbers.ts'
import { anyNullable } from './writer.ts'

type Emit = (emitter: Emitter, args: readonly Code[], node: CallNode) => Code

export function emitCall(emitter: Emitter, node: CallNode): Code {
  return EMIT[node.function](
    emitter,
    node.args.map(arg => emitter.node(arg)),
    node,
  )
}

const NULL = nullCode('text')

const text = (of: string, nullable: boolean): Code => ({ ...NULL, text: of, nullable, atom: false })
const truth = (of: string, nullable: boolean): Code => ({
  ...nullCode('boolean'),
  text: of,
  nullable,
  atom: false,
})

/** Null as soon as one argument is; the arguments by name. */
function strict(emitter: Emitter, args: readonly Code[], build: (...names: string[]) => string): string {
  return emitter.writer.strict(args, (...atoms) => build(...atoms.map(atom => atom.text)))
}

const decimals = (emitter: Emitter, args: readonly Code[]) => args.map(arg => asDecimal(emitter.writer, arg))

const EMIT: Record<FunctionName, Emit> = {
  min: (emitter, args) => extreme(emitter, args, '<'),
  max: (emitter, args) => extreme(emitter, args, '>'),
  sum: ({ writer }, [first = NULL, ...rest]) =>
    rest.reduce((total, each) => add(writer, total, each, '+'), first),
  abs: ({ writer }, [x = NULL]) => absolute(writer, x),
  modulo: (emitter, args) =>
    decimal(
      strict(emitter, decimals(emitter, args), (a, b) => `rt.modulo(${a}, ${b})`),
      true,
    ),
  'date from text': (emitter, args) => dateCode(strict(emitter, args, of => `rt.dateFromText(${of})`)),
  'date from parts': (emitter, args) =>
    dateCode(strict(emitter, decimals(emitter, args), (y, m, d) => `rt.dateOf(${y}, ${m}, ${d})`)),
  'years and months duration': (emitter, args) =>
    exact(
      strict(emitter, args, (from, to) => `rt.months(${from}, ${to})`),
      anyNullable(args),
      { int: 6, scale: 0 },
    ),
  'string length': (emitter, args) =>
    exact(
      strict(emitter, args, of => `rt.stringLength(${of})`),
      anyNullable(args),
      { int: 10, scale: 0 },
    ),
  substring: (emitter, [of = NULL, ...numbers]) =>
    text(
      strict(emitter, [of, ...decimals(emitter, numbers)], (...names) => `rt.substring(${names.join(', ')})`),
      true,
    ),
  'upper case': (emitter, args) =>
    text(
      strict(emitter, args, of => `rt.upperCase(${of})`),
      anyNullable(args),
    ),
  'lower case': (emitter, args) =>
    text(
      strict(emitter, args, of => `rt.lowerCase(${of})`),
      anyNullable(args),
    ),
  contains: (emitter, args) =>
    truth(
      strict(emitter, args, (a, b) => `${a}.includes(${b})`),
      anyNullable(args),
    ),
  'starts with': (emitter, args) =>
    truth(
      strict(emitter, args, (a, b) => `${a}.startsWith(${b})`),
      anyNullable(args),
    ),
  'ends with': (emitter, args) =>
    truth(
      strict(emitter, args, (a, b) => `${a}.endsWith(${b})`),
      anyNullable(args),
    ),
  string: (emitter, [value = NULL], node) => asText(emitter, value, node),
  number: (emitter, args) =>
    decimal(
      strict(emitter, args, of => `rt.numberOf(${of})`),
      true,
    ),
  'is defined': (emitter, [value = NULL]) =>
    truth(
      emitter.writer.over([value], x => `(${x.text} !== null)`),
      false,
    ),
}

function extreme(emitter: Emitter, args: readonly Code[], operator: '<' | '>'): Code {
  const [first = NULL] = args
  const values = numeric(first) ? alike(emitter.writer, args) : args
  const [start = NULL, ...rest] = values
  return rest.reduce<Code>((best, each) => better(emitter, best, each, operator), start)
}

function better(emitter: Emitter, best: Code, each: Code, operator: '<' | '>'): Code {
  const text = emitter.writer.strict(
    [best, each],
    (a, b) => `${ordered(b, operator, a)} ? ${b.text} : ${a.text}`,
  )
  const shape = { int: Math.max(best.shape.int, each.shape.int), scale: best.shape.scale }
  return { held: best.held, text, nullable: best.nullable || each.nullable, shape, atom: false }
}

function asText(emitter: Emitter, value: Code, node: CallNode): Code {
  switch (value.held) {
    case 'text':
      return value
    case 'boolean':
      return text(
        strict(emitter, [value], x => `String(${x})`),
        value.nullable,
      )
    case 'date':
      return text(
        strict(emitter, [value], x => `rt.textOfDate(${x})`),
        value.nullable,
      )
    default: {
      const type = node.args[0]?.type
      if (type === 'days and time duration' || type === 'years and months duration') {
        const amount = asDecimal(emitter.writer, value)
        return text(
          strict(emitter, [amount], x => `rt.textOfDuration(${x}, ${type.startsWith('years')})`),
          value.nullable,
        )
      }
      return value.held === 'exact'
        ? text(
            strict(emitter, [value], x => `rt.textOfExact(${x}, ${value.shape.scale})`),
            value.nullable,
          )
        : text(
            strict(emitter, [value], x => `rt.textOf(${x})`),
            value.nullable,
          )
    }
  }
}
