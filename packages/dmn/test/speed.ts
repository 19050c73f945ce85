/**
 * Measures the interest subsidy policy: `node packages/dmn/test/speed.ts`. Evaluations are given per second of
 * processor time of one core, so that a busy machine does not change them; rows by the clock, in one process of
 * PostgreSQL without parallel workers and without jit.
 */

import { type PlainInputs, prepare } from '../src/index.ts'
import { toSql } from '../src/sql/index.ts'
import { COLUMNS, ELIGIBLE, PARAMETERS, POLICY } from './interest-subsidy.ts'
import { startPostgres } from './postgres.ts'

const AS_OF = '2026-06-21'
const ROWS = 300_000

const prepared = prepare(POLICY, '贴息金额')
/** No two subjects in a row are alike in what is their own; what the policy sets is the same for all. */
const SUBJECTS = Array.from(
  { length: 997 },
  (_, i): PlainInputs => ({
    ...ELIGIBLE,
    核定投资: `${50_000_000 + i * 1013}.${10 + (i % 90)}`,
    土建金额: `${8_000_000 + i * 7}.00`,
    合同金额: `${45_000_000 + i * 31}.00`,
    借款本金: `${42_000_000 + i * 101}.00`,
    实付利息: `${123_456 + i}.78`,
    合格应计利息: `${120_000 + i}.00`,
    备案日期: `2023-08-${10 + (i % 20)}`,
    首次放款日: `2023-10-${10 + (i % 20)}`,
    结息日: `2024-06-${10 + (i % 20)}`,
  }),
)
let asked = 0
const next = () => SUBJECTS[asked++ % SUBJECTS.length] ?? ELIGIBLE

measure('evaluations without trace', 100_000, () => prepared.value(next(), { asOf: AS_OF }))
measure('evaluations with a trace to be read', 100_000, () => prepared.explain(next(), { asOf: AS_OF }))
measure('evaluations with their trace read', 40_000, () => prepared.explain(next(), { asOf: AS_OF }).trace)
measure('evaluations with their trace as JSON', 20_000, () =>
  JSON.stringify(prepared.explain(next(), { asOf: AS_OF }).trace),
)
await measureRows()

function measure(title: string, count: number, run: () => unknown): void {
  for (let i = 0; i < count; i++) run()
  const before = process.cpuUsage()
  for (let i = 0; i < count; i++) run()
  const { user, system } = process.cpuUsage(before)
  report(title, count / ((user + system) / 1e6))
}

async function measureRows(): Promise<void> {
  const postgres = await startPostgres()
  const { client } = postgres
  const column = (name: string) => COLUMNS[name]?.column
  await client.query(`create temporary table loan_period as select i as id,
    (array['存续', '存续', '存续', '注销', null])[1 + i % 5] as ${column('企业登记状态')},
    i % 17 = 0 as ${column('失信')}, i % 11 <> 0 as ${column('合作银行')},
    (array['已备案', '已备案', '已失效'])[1 + i % 3] as ${column('备案状态')},
    date '2023-01-01' + i % 400 as ${column('备案日期')}, date '2023-03-01' + i % 500 as ${column('首次放款日')},
    i % 13 <> 0 as ${column('项目在本市')}, i % 4 as ${column('在建项目序号')},
    (i % 90000000)::numeric(18,2) as ${column('核定投资')}, (i % 9000000)::numeric(18,2) as ${column('土建金额')},
    (i % 70000000 + 1)::numeric(18,2) as ${column('合同金额')}, (i % 60000000 + 1)::bigint * 100 as ${column('借款本金')},
    (i % 12345678)::bigint as ${column('实付利息')}, (i % 12345600)::bigint as ${column('合格应计利息')},
    date '2024-06-21' as ${column('结息日')}, i % 29 = 0 as ${column('逾期')},
    (array['一致', '尾差', '不一致'])[1 + i % 3] as ${column('利息核对')}, (i % 5000000)::bigint as ${column('本年已贴息')}
    from generate_series(1, ${ROWS}) as i`)
  await client.query('analyze loan_period')
  await client.query('set max_parallel_workers_per_gather = 0')
  await client.query('set jit = off')
  const { text } = toSql(POLICY, {
    decisions: ['贴息金额', '资格', '合规'],
    conditions: ['资格'],
    subject: { table: 'loan_period', alias: 's', keys: ['id'], columns: COLUMNS },
    parameters: PARAMETERS,
    asOf: AS_OF,
  })
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 5; i++) {
    const started = performance.now()
    await client.query(
      `select sum(value_1), count(value_2), count(value_3), sum(passed_1), sum(unknown_1) from (${text}) as answers`,
    )
    best = Math.min(best, performance.now() - started)
  }
  report('rows in PostgreSQL, best of five', ROWS / (best / 1000))
  await postgres.stop()
}

function report(title: string, perSecond: number): void {
  process.stdout.write(`${title}: ${Math.round(perSecond).toLocaleString('en')} a second\n`)
}
