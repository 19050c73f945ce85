import type { TypedInput } from '../node/program.ts'
import { FeelDate, isWithinDatabase } from '../value/date.ts'
import { fromPlain } from '../value/from-plain.ts'
import type { PlainInput } from '../value/plain.ts'
import { isScalar, nameOfType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { compileCoercion } from './coercions.ts'
import { Compiler } from './compiler.ts'
import { failureOf } from './messages.ts'
import { type Run, Slots } from './run.ts'
import { compileTest } from './tests.ts'

export interface CompiledInput {
  readonly name: string
  readonly typed: TypedInput
  /** The value as the model types it; null with a message where it is of another kind or not allowed. */
  read(given: PlainInput, run: Run): Value
}

export function compileInput(typed: TypedInput): CompiledInput {
  const { data, file, type, allowed, declared } = typed
  const where = { file, element: data.name, line: data.line }
  const compiler = new Compiler({ inputs: new Slots(), decisions: new Slots() }, where)
  const wrongType = failureOf(
    'input-type',
    where,
    `输入“${data.name}”应为${nameOfType(type, 'zh')}，收到的值不是，按空值处理。`,
    `The input "${data.name}" should be a ${nameOfType(type, 'en')}; what came is not, and is taken as null.`,
  )
  if (!isScalar(type)) {
    const coerce = compileCoercion(compiler, declared, where, data.name)
    const read = (given: PlainInput, run: Run): Value => {
      const value = fromPlain(given, type)
      return value === undefined ? wrongType(run) : coerce(value, run)
    }
    return { name: data.name, typed, read }
  }
  const tests = allowed.map(({ test }) => compileTest(compiler, test))
  const texts = allowed.map(({ text }) => text).join(' ∧ ')
  const notAllowed = failureOf(
    'not-allowed',
    where,
    `输入“${data.name}”的值不在允许范围（${texts}）内，按空值处理。`,
    `The value of the input "${data.name}" is not allowed (${texts}) and is taken as null.`,
  )
  // What a policy sets, and much of what subjects have, is what it was for the subject before.
  let known: string | undefined
  let knownValue: Value = null
  const parse = (given: PlainInput): Value | undefined => {
    if (given === known && known !== undefined) return knownValue
    const value = fromPlain(given, type)
    if (value === undefined || isBeyondDatabase(value)) return undefined
    if (typeof given === 'string') {
      known = given
      knownValue = value
    }
    return value
  }
  const read = (given: PlainInput, run: Run): Value => {
    const value = parse(given)
    if (value === undefined) return wrongType(run)
    if (value === null || tests.length === 0) return value
    // What is allowed may change with the day.
    run.subject = value
    const passes = tests.every(test => test(run) === true)
    run.subject = null
    return passes ? value : notAllowed(run)
  }
  return { name: data.name, typed, read }
}

/** A date no database column can hold is no date of a subject, whichever way its rules are read. */
function isBeyondDatabase(value: Value): boolean {
  return value instanceof FeelDate && !isWithinDatabase(value)
}
