import { compileInput } from '../evaluate/inputs.ts'
import { newRun } from '../evaluate/run.ts'
import type { Program } from '../node/program.ts'
import { type Problem, RequestError } from '../problem.ts'
import type { FeelDate } from '../value/date.ts'
import type { PlainInput } from '../value/plain.ts'
import { isScalar } from '../value/type.ts'
import type { Value } from '../value/value.ts'

/**
 * The inputs that are constants of a run, as the model types them. A parameter is the same for every subject, so a wrong one
 * is the caller's error and not a null in every row.
 *
 * @throws RequestError when a parameter is of another type, or not allowed
 */
export function parameterValues(
  program: Program,
  names: readonly string[],
  parameters: Readonly<Record<string, PlainInput>>,
  today: FeelDate,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  for (const name of names) {
    const input = program.inputs.get(name)
    if (input === undefined || !Object.hasOwn(parameters, name)) continue
    const run = newRun(today, [])
    const value = compileInput(input).read(parameters[name], run)
    const [message] = run.messages ?? []
    if (message !== undefined && isScalar(input.type)) {
      const problem: Problem = { ...message, code: 'literal', severity: 'error' }
      throw new RequestError([problem])
    }
    values.set(name, value)
  }
  return values
}
