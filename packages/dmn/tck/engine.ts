import { type Model, type PlainInput, prepare, prepareInvocable, type Result } from '../src/index.ts'
import { FeelContext } from '../src/value/context.ts'
import { parseDate } from '../src/value/date.ts'
import { parseDateTime } from '../src/value/date-time.ts'
import { parseDuration } from '../src/value/duration.ts'
import { Decimal } from '../src/value/number.ts'
import { parseTime } from '../src/value/time.ts'
import type { Expectation, Input, TestCase, Written } from './cases.ts'

const CLOCK = { asOf: '2026-06-21' }

/** What the engine says to one question of a test case. */
export function answer(model: Model, test: TestCase, asked: Expectation): Result {
  const inputs: Record<string, PlainInput> = {}
  for (const input of test.inputs) {
    for (const name of namesOf(model, input)) inputs[name] = given(input.value)
  }
  const invocable = invocableOf(test, asked)
  if (invocable === undefined) return prepare(model, asked.name).result(inputs, CLOCK)
  const { value, messages } = prepareInvocable(model, invocable).result(inputs, CLOCK)
  const outputs = model.services.find(service => service.name === invocable)?.outputDecisions ?? []
  // A service with several outputs gives all of them; the case asks for one by its name, or for the service.
  const one = outputs.length > 1 && asked.name !== invocable && value instanceof FeelContext
  return { value: one ? (value.fields.get(asked.name) ?? null) : value, messages }
}

/** The service or knowledge model a case calls: named by the case, or asked for as the result. */
function invocableOf(test: TestCase, asked: Expectation): string | undefined {
  if (test.type !== 'decision') return test.invocable ?? asked.name
  return asked.type === 'decisionService' || asked.type === 'bkm' ? asked.name : undefined
}

/** The names an input has in the model: its own, or, in an imported model, the path of imports to it. */
function namesOf(model: Model, { name, namespace }: Input): string[] {
  if (namespace === undefined || namespace === model.namespace) return [name]
  return model.imports.flatMap(each => {
    if (each.model === undefined) return []
    const inside =
      each.namespace === namespace ? [name] : namesOf(each.model, { name, namespace, value: NIL })
    return inside.map(path => `${each.name}.${path}`)
  })
}

const NIL: Written = { kind: 'nil' }

/** A value as the engine takes it, of the kind its XML Schema type says. */
function given(written: Written): PlainInput {
  switch (written.kind) {
    case 'nil':
      return null
    case 'list':
      return written.items.map(given)
    case 'context':
      return Object.fromEntries([...written.fields].map(([name, field]) => [name, given(field)]))
    case 'simple':
      return simple(written.text, written.type)
    default:
      return written satisfies never
  }
}

function simple(text: string, type: string | undefined): PlainInput {
  const trimmed = text.trim()
  switch (type) {
    case 'boolean':
      return trimmed === 'true' || trimmed === '1'
    case 'decimal':
    case 'double':
    case 'integer':
    case 'int':
    case 'long':
    case 'float':
      return new Decimal(trimmed)
    case 'date':
      return parseDate(trimmed)
    case 'time':
      return parseTime(trimmed)
    case 'dateTime':
      return parseDateTime(trimmed)
    case 'duration':
    case 'dayTimeDuration':
    case 'yearMonthDuration':
      return parseDuration(trimmed)
    default:
      return text
  }
}
