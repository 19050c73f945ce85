import type { TypedInput } from '../node/program.ts'
import type { ScalarType } from '../value/type.ts'
import { allOf, emitTest, type Wanted } from './booleans.ts'
import { type Code, dateCode, nullCode, SAFE_DIGITS } from './code.ts'
import type { Emitter } from './emitter.ts'
import { decimal, exact } from './numbers.ts'

/**
 * An input that comes as a whole number of 10^-scale, a JavaScript integer or a bigint, never a fraction: fen for yuan
 * with scale 2. What is not whole, or has more digits, is taken as missing, like a value of another type.
 */
export interface IntegerInput {
  readonly scale?: number
  /** Digits before and after the point together; 15 unless said, which is what a JavaScript number always holds. */
  readonly digits?: number
}

export function inputCode(
  emitter: Emitter,
  input: TypedInput,
  type: ScalarType,
  integer: IntegerInput | undefined,
): Code {
  const given = `s[${JSON.stringify(input.data.name)}]`
  return allowed(emitter, input, emitter.writer.variable(read(given, type, integer)))
}

function read(given: string, type: ScalarType, integer: IntegerInput | undefined): Code {
  switch (type) {
    case 'string':
      return { ...nullCode('text'), text: `rt.readText(${given})`, atom: false }
    case 'boolean':
      return { ...nullCode('boolean'), text: `rt.readBoolean(${given})`, atom: false }
    case 'date':
      return dateCode(`rt.readDate(${given})`)
    case 'days and time duration':
    case 'years and months duration':
      return decimal(`rt.readDuration(${given}, ${type === 'years and months duration'})`, true)
    case 'number': {
      if (integer === undefined) return decimal(`rt.readNumber(${given})`, true)
      const { scale = 0, digits = SAFE_DIGITS } = integer
      const limit = digits <= SAFE_DIGITS ? `1e${digits}` : `${10n ** BigInt(digits)}n`
      return exact(`rt.readInteger(${given}, ${limit})`, true, { int: Math.max(digits - scale, 0), scale })
    }
    default:
      return type satisfies never
  }
}

function allowed(emitter: Emitter, input: TypedInput, value: Code): Code {
  if (input.allowed.length === 0) return value
  const tests = input.allowed.map(
    ({ test, text }) =>
      (wanted: Wanted) =>
        emitTest(emitter.at({ text }).about(value), test, wanted),
  )
  const text = `(${allOf(emitter, tests, 'true')} ? ${value.text} : null)`
  return emitter.writer.variable({ ...value, text, nullable: true, atom: false })
}
