import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { ModelSpec } from './model-xml.ts'
import { openReadings } from './parity-readings.ts'
import { rowOf } from './parity-rows.ts'

const MODES = [
  'round half up',
  'round half down',
  'round half even',
  'decimal',
  'round up',
  'round down',
  'floor',
  'ceiling',
]

/** Hundredths from −3.00 to 3.00 that lie on a tie of one place or none, or one hundredth beside it. */
const HUNDREDTHS = Array.from({ length: 601 }, (_, i) => i - 300).filter(each =>
  [0, 1, 4].includes(((each % 5) + 5) % 5),
)

it('every reading rounds alike by every mode, on and beside every tie', async () => {
  const rows = HUNDREDTHS.map(each =>
    rowOf({ 合同金额: (each / 100).toFixed(2), '实付 利息': String(each * 100) }),
  )
  const decisions = Object.fromEntries(
    MODES.flatMap(mode =>
      [0, 1, -1].flatMap(places => [
        [`${mode}（${places}）`, { requires: ['合同金额'], expression: `${mode}(合同金额, ${places})` }],
        [
          `${mode}（商，${places}）`,
          { requires: ['实付 利息'], expression: `${mode}(实付 利息 / 3, ${places})` },
        ],
      ]),
    ),
  )
  const spec: ModelSpec = { inputs: { 合同金额: 'number', '实付 利息': 'number' }, decisions }
  const readings = await openReadings(rows)
  try {
    assert.equal(await readings.compare({ spec, constants: {}, casesMax: 60 }), undefined)
    assert.equal(readings.duckdb.compiled, readings.duckdb.asked)
  } finally {
    await readings.stop()
  }
})
