import { type Explained, evaluate, type Model, type PlainInput, readModel } from '../src/index.ts'
import { modelXml, type TableSpec } from './model-xml.ts'

/** Inputs of a small test: `name: [type, value]`. */
export type Given = Readonly<Record<string, readonly [type: string, value: PlainInput]>>

export const AS_OF = '2026-06-21'

export function modelOf(logic: { expression: string } | { table: TableSpec }, given: Given = {}): Model {
  const inputs = Object.fromEntries(Object.entries(given).map(([name, [type]]) => [name, type]))
  return readModel(modelXml({ inputs, decisions: { 结果: { requires: Object.keys(given), ...logic } } }), {
    file: '测试.dmn',
  })
}

function answer(model: Model, given: Given): Explained {
  const values = Object.fromEntries(Object.entries(given).map(([name, [, value]]) => [name, value]))
  return evaluate(model, '结果', values, { asOf: AS_OF })
}

/** One expression, worked out. */
export function feel(expression: string, given: Given = {}): Explained {
  return answer(modelOf({ expression }, given), given)
}

/** One decision table, worked out. */
export function table(spec: TableSpec, given: Given = {}): Explained {
  return answer(modelOf({ table: spec }, given), given)
}
