import { check, prepare, readModel } from '../../packages/dmn/src/index.ts'
import { bulkProblems, toSql } from '../../packages/dmn/src/sql/index.ts'
import { modelXml } from '../../packages/dmn/test/model-xml.ts'
import { startPostgres } from '../../packages/dmn/test/postgres.ts'
import { line, title } from './report.ts'

const RULES = 1000
const INDUSTRIES = 50
const SUBJECTS = 200_000

/** A table as long as a catalogue: a band of income and an industry for each rule. */
export async function reportLongTable(): Promise<void> {
  title(`A table of ${RULES} rules`)
  const rules = Array.from({ length: RULES }, (_, i) => {
    const band = Math.floor(i / INDUSTRIES)
    return [`[${band * 1_000_000}..${(band + 1) * 1_000_000})`, `"行业${i % INDUSTRIES}"`, String(i + 1)]
  })
  const xml = modelXml({
    inputs: { 收入: 'number', 行业: 'string' },
    decisions: {
      系数: {
        requires: ['收入', '行业'],
        table: { columns: ['收入', '行业'], outputs: [{ type: 'number' }], rules },
      },
    },
  })
  const started = performance.now()
  const model = readModel(xml, { file: 'catalogue.dmn' })
  check(model)
  bulkProblems(model, ['系数'])
  prepare(model, '系数')
  const { text } = toSql(model, {
    decisions: ['系数'],
    subject: {
      table: 'enterprise',
      alias: 's',
      keys: ['id'],
      columns: {
        收入: { column: 'income', type: 'numeric(18,2)' },
        行业: { column: 'industry', type: 'text' },
      },
    },
    asOf: '2026-06-30',
  })
  const seconds = (performance.now() - started) / 1000
  process.stdout.write(`${'read, checked, compiled'.padEnd(64)} ${seconds.toFixed(2).padStart(12)} s\n`)
  line('  one second over that', 1 / seconds, 1)
  const postgres = await startPostgres()
  try {
    const { client } = postgres
    await client.query(`create table enterprise as select i as id, ((i::bigint * 7919) % 20000000)::numeric(18,2) as income,
      '行业' || (i % ${INDUSTRIES}) as industry from generate_series(1, ${SUBJECTS}) as i`)
    await client.query('analyze enterprise')
    await client.query('set max_parallel_workers_per_gather = 0')
    const begun = performance.now()
    await client.query(`select sum(value_1), count(rule_1) from (${text}) as answers`)
    const perSecond = SUBJECTS / ((performance.now() - begun) / 1000)
    process.stdout.write(
      `${'PostgreSQL'.padEnd(64)} ${Math.round(perSecond).toLocaleString('en').padStart(12)} a second\n`,
    )
    line('  of 50,000 a second', perSecond / 50_000, 1)
  } finally {
    await postgres.stop()
  }
}
