import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { evaluate, readModel } from '../src/index.ts'
import { singleTables } from './generate-models.ts'
import { modelXml } from './model-xml.ts'
import { parityRows } from './parity-rows.ts'
import { referenceOf } from './reference-table.ts'

const TABLES = Number(process.env.DMN_PARITY_MODELS ?? 300)
const SEED = Number(process.env.DMN_PARITY_SEED ?? Date.now() % 2 ** 31)
const AS_OF = '2024-02-29'

it('every hit policy gives what its rules give when each is asked alone', t => {
  t.diagnostic(`${TABLES} tables, seed ${SEED}`)
  const rows = parityRows(20, SEED)
  const several = new Set<string>()
  const property = fc.property(singleTables(), spec => {
    const table = spec.decisions.决策1?.table
    assert.ok(table)
    const model = readModel(modelXml(spec), { file: '表.dmn' })
    const reference = referenceOf(spec, table, AS_OF)
    for (const { inputs } of rows) {
      const { value, trace } = evaluate(model, '决策1', inputs, { asOf: AS_OF })
      assert.deepEqual(value, reference(inputs), JSON.stringify(inputs))
      const [own] = trace.decisions
      if (own?.logic.kind === 'table' && own.logic.matched.length > 1) several.add(table.hitPolicy ?? 'U')
    }
  })
  fc.assert(property, { numRuns: TABLES, seed: SEED })
  if (TABLES >= 300) assert.ok(several.size >= 8, `several rules matched under ${[...several]} only`)
})
