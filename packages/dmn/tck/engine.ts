import { type Message, type Model, type Plain, type PlainInput, prepare } from '../src/index.ts'
import type { Expectation, TestCase, Written } from './cases.ts'

const AS_OF = { asOf: '2026-06-21' }

export interface Outcome {
  readonly value: Plain
  readonly messages: readonly Message[]
}

/** What the engine says to one question of a test case. */
export function answer(model: Model, test: TestCase, { name }: Expectation): Outcome {
  const inputs = Object.fromEntries([...test.inputs].map(([input, value]) => [input, given(value)]))
  if (test.type === 'decision' || test.invocable === undefined)
    return prepare(model, name).value(inputs, AS_OF)
  throw new Error(`<${test.type}> "${test.invocable}" cannot be called yet`)
}

function given(written: Written): PlainInput {
  switch (written.kind) {
    case 'nil':
      return null
    case 'list':
      return written.items.map(given) as unknown as PlainInput
    case 'context':
      return Object.fromEntries([...written.fields].map(([k, v]) => [k, given(v)])) as unknown as PlainInput
    case 'simple':
      if (written.type === 'boolean') return written.text.trim() === 'true'
      return written.type === 'string' ? written.text : written.text.trim()
    default:
      return written satisfies never
  }
}
