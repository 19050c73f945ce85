import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { summarize, toCsv } from '../tck/report.ts'
import { runKit } from '../tck/run-kit.ts'

const TCK = join(process.env.MILLRACE_DATA ?? join(import.meta.dirname, '../../../../shared/data'), 'dmn-tck')

/** Foreign code is named and never run; its cases count as failures. */
const NEVER_RUN = 'compliance-level-3/0076-feel-external-java'

describe('the DMN TCK', { skip: existsSync(TCK) ? false : `no DMN TCK at ${TCK}` }, () => {
  const results = existsSync(TCK) ? runKit(TCK) : []
  const summary = summarize(results)

  it('is passed whole on level 2, and on level 3 but for functions in Java', () => {
    assert.deepEqual(
      summary.failures.filter(({ directory }) => directory !== NEVER_RUN),
      [],
    )
    assert.deepEqual(summary.levels['compliance-level-2'], { pass: 116, total: 116 })
    const { pass, total } = summary.levels['compliance-level-3'] ?? { pass: 0, total: 0 }
    assert.ok(pass >= 1426 && pass >= total * 0.99, `${pass} of ${total}`)
  })

  it('is reported in its own form, a row a case', () => {
    const rows = toCsv(results).trimEnd().split('\n')
    assert.equal(rows.length, summary.total)
    assert.equal(
      rows[0],
      '"compliance-level-2/0001-input-data-string","0001-input-data-string-test-01","001","SUCCESS",""',
    )
    for (const row of rows) assert.match(row, /^("[^"]*",){3}"(SUCCESS","|ERROR",".+)"$/)
  })
})
