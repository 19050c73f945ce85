import { DuckDBInstance } from '@duckdb/node-api'
import type { Model } from '../../packages/dmn/src/index.ts'
import { type ColumnBinding, toSql } from '../../packages/dmn/src/sql/index.ts'
import { line, report, title } from './report.ts'
import { type Enterprise, isoDate } from './subjects.ts'

const RUNS = 5
const BATCH = 20_000

/** A snapshot keeps money in fen, of fourteen digits at most: a trillion yuan. */
const FEN = { type: 'bigint', scale: 2, digits: 14 } as const

const COLUMNS: Readonly<Record<string, ColumnBinding>> = {
  登记状态: { column: 'status', type: 'text' },
  所属行业: { column: 'industry', type: 'text' },
  规模: { column: 'size', type: 'text' },
  失信: { column: 'dishonest', type: 'boolean' },
  成立日期: { column: 'established', type: 'date', finite: true },
  备案日期: { column: 'filed', type: 'date', finite: true },
  营业收入: { column: 'income', ...FEN },
  从业人数: { column: 'staff', type: 'integer' },
  项目投资: { column: 'investment', ...FEN },
  设备投资: { column: 'equipment', ...FEN },
  数字化水平: { column: 'level', type: 'integer' },
  所属镇街: { column: 'town', type: 'text' },
}

const SUBJECT = { table: 'enterprise', alias: 's', keys: ['id'], columns: COLUMNS }

/** The same policy over a snapshot in DuckDB, in memory, on two threads. */
export async function reportDuckDb(
  model: Model,
  all: readonly Enterprise[],
  reference: readonly (bigint | null)[],
  asOf: string,
): Promise<void> {
  title('All at once in DuckDB, two threads')
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  try {
    await connection.run(`create table enterprise (id integer, status text, industry text, size text, dishonest boolean, established date,
      filed date, income bigint, staff integer, investment bigint, equipment bigint, level integer, town text)`)
    for (let i = 0; i < all.length; i += BATCH) {
      const rows = all.slice(i, i + BATCH).map(e => `(${rowOf(e).map(literal).join(',')})`)
      await connection.run(`insert into enterprise values ${rows.join(',')}`)
    }
    const { text } = toSql(model, {
      decisions: ['奖补金额', '资格', '档次'],
      subject: SUBJECT,
      asOf,
      target: 'duckdb',
    })
    let best = Number.POSITIVE_INFINITY
    for (let i = 0; i < RUNS; i++) {
      const started = performance.now()
      await connection.runAndReadAll(
        `select sum(value_1), count(value_1), count(*) filter (where value_2 = '符合'), sum(rule_3) from (${text}) as answers`,
      )
      best = Math.min(best, (performance.now() - started) / 1000)
    }
    const reader = await connection.runAndReadAll(`select value_1 from (${text}) as a order by id`)
    const answers = reader.getRowsJson().map(([award]) => fen(award))
    const { perSecond } = report('Millrace', answers, best, reference)
    line('  of 4,000,000 a second', perSecond / 4_000_000, 1)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function rowOf(e: Enterprise): (string | number | boolean | null)[] {
  const date = (day: number | null) => (day === null ? null : isoDate(day))
  const { established, filed, incomeFen, investmentFen, equipmentFen } = e
  const facts = [e.status, e.industry, e.size, e.dishonest, date(established), date(filed)]
  return [e.id, ...facts, incomeFen, e.staff, investmentFen, equipmentFen, e.level, e.town]
}

function literal(value: string | number | boolean | null): string {
  return value === null ? 'null' : typeof value === 'string' ? `'${value}'` : String(value)
}

function fen(award: unknown): bigint | null {
  if (award === null || award === undefined) return null
  const [whole = '0', places = ''] = String(award).split('.')
  return BigInt(whole + places.padEnd(2, '0').slice(0, 2))
}
