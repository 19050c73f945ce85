import { compileInput } from '../evaluate/inputs.ts'
import { newRun } from '../evaluate/run.ts'
import type { Program, TypedDecision } from '../node/program.ts'
import { isScalar } from '../node/type.ts'
import { type Problem, RequestError } from '../problem.ts'
import type { FeelDate } from '../value/date.ts'
import type { Value } from '../value/value.ts'
import { Constants } from './constants.ts'
import type { Dialect } from './dialect.ts'
import { Emitter, type Statement } from './emitter.ts'
import type { Fragment } from './fragment.ts'
import { Levels } from './levels.ts'
import type { SqlOptions } from './query.ts'
import { inputFragment } from './subject.ts'

/** Binds every input the decisions read: to its column, or as a constant of the run. */
export function newStatement(
  program: Program,
  chain: readonly TypedDecision[],
  { subject, parameters = {} }: SqlOptions,
  today: FeelDate,
  dialect: Dialect,
): Statement {
  const { file } = program.model
  const names = new Set(chain.flatMap(typed => typed.requires.inputs))
  const constants = new Map<string, Value>()
  for (const name of names) {
    const input = program.inputs.get(name)
    if (input === undefined || Object.hasOwn(subject.columns, name) || !Object.hasOwn(parameters, name))
      continue
    constants.set(name, parameterValue(input, parameters[name], today))
  }
  const inputs = new Map<string, Fragment>()
  const statement: Statement = {
    dialect,
    constants: new Constants(constants, today, file),
    levels: new Levels((level, name) => dialect.reference(level, name)),
    inputs,
    decisions: new Map(),
    problems: [],
  }
  for (const name of names) {
    const input = program.inputs.get(name)
    const binding = Object.hasOwn(subject.columns, name) ? subject.columns[name] : undefined
    if (input === undefined || binding === undefined) continue
    const emitter = new Emitter(statement, { file, element: name, line: input.data.line })
    inputs.set(name, inputFragment(emitter, input, subject, binding))
  }
  return statement
}

/** A parameter is the same for the whole run, so a wrong one is the caller's error and not a null in every row. */
function parameterValue(
  input: Parameters<typeof compileInput>[0],
  given: Parameters<ReturnType<typeof compileInput>['read']>[0],
  today: FeelDate,
): Value {
  const run = newRun(today, [])
  const value = compileInput(input).read(given, run)
  const [message] = run.messages ?? []
  if (message === undefined || !isScalar(input.type)) return value
  const problem: Problem = { ...message, code: 'literal', severity: 'error' }
  throw new RequestError([problem])
}
