import { Constants } from '../fold/constants.ts'
import { parameterValues } from '../fold/parameters.ts'
import type { Program, TypedDecision } from '../node/program.ts'
import type { FeelDate } from '../value/date.ts'
import type { Dialect } from './dialect.ts'
import { Emitter } from './emitter.ts'
import type { Fragment } from './fragment.ts'
import { Levels } from './levels.ts'
import type { SqlOptions } from './query.ts'
import type { Statement } from './shared.ts'
import { inputFragment } from './subject.ts'

/** Measured: from some sixty rules on a join is faster than trying them. */
const CASES_MAX = 60

/** Binds every input the decisions read: to its column, or as a constant of the run. */
export function newStatement(
  program: Program,
  chain: readonly TypedDecision[],
  { subject, parameters = {}, casesMax = CASES_MAX, trailingZeros = false }: SqlOptions,
  today: FeelDate,
  dialect: Dialect,
): Statement {
  const { file } = program.model
  const names = new Set(chain.flatMap(typed => typed.requires.inputs))
  const free = [...names].filter(name => !Object.hasOwn(subject.columns, name))
  const constants = parameterValues(program, free, parameters, today)
  const inputs = new Map<string, Fragment>()
  const levels = new Levels(dialect.reference, dialect.joined)
  const statement: Statement = {
    dialect,
    constants: new Constants(constants, today, file),
    levels,
    share: fragment => levels.share(fragment),
    inputs,
    decisions: new Map(),
    problems: [],
    children: new Map(Object.entries(subject.children ?? {})),
    declared: name => program.inputs.get(name)?.declared,
    subjectAlias: dialect.identifier(subject.alias),
    casesMax,
    specialised: false,
    trailingZeros,
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
