import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Model } from '../../packages/dmn/src/index.ts'
import { type ColumnBinding, toSql } from '../../packages/dmn/src/sql/index.ts'
import { startPostgres } from '../../packages/dmn/test/postgres.ts'
import { AWARDS_BY_HAND, DETERMINATIONS_BY_HAND } from './hand-written.ts'
import { line, type Measured, report, title } from './report.ts'
import { type Enterprise, isoDate, yuan } from './subjects.ts'

/** The checks of the table keep out what a date or numeric may hold and no fact can be. */
const COLUMNS: Readonly<Record<string, ColumnBinding>> = {
  登记状态: { column: 'status', type: 'text' },
  所属行业: { column: 'industry', type: 'text' },
  规模: { column: 'size', type: 'text' },
  失信: { column: 'dishonest', type: 'boolean' },
  成立日期: { column: 'established', type: 'date', finite: true },
  备案日期: { column: 'filed', type: 'date', finite: true },
  营业收入: { column: 'income', type: 'numeric(18,2)', finite: true },
  从业人数: { column: 'staff', type: 'integer' },
  项目投资: { column: 'investment', type: 'numeric(18,2)', finite: true },
  设备投资: { column: 'equipment', type: 'numeric(18,2)', finite: true },
  数字化水平: { column: 'level', type: 'integer' },
  所属镇街: { column: 'town', type: 'text' },
}

const SUBJECT = { table: 'enterprise', alias: 's', keys: ['id'], columns: COLUMNS }

const RUNS = 5

/** The whole population at once, in PostgreSQL: computed, stored, and stored where it changed. */
export async function reportBulk(
  model: Model,
  all: readonly Enterprise[],
  reference: readonly (bigint | null)[],
  asOf: string,
  zen: Measured,
): Promise<void> {
  title('All at once in PostgreSQL, one process')
  const postgres = await startPostgres()
  const { client } = postgres
  try {
    await client.query('set max_parallel_workers_per_gather = 0')
    await client.query('set jit = off')
    await load(client, all)
    const options = { decisions: ['奖补金额', '资格', '档次'], subject: SUBJECT, asOf, trailingZeros: true }
    const own = named(toSql(model, options).text)
    const ownWithBits = named(toSql(model, { ...options, conditions: ['资格'] }).text)
    await compareCalculation(client, own, all, reference, zen)
    await compareStored(client, ownWithBits, all.length)
    await measureChanges(client, ownWithBits, all.length)
  } finally {
    await postgres.stop()
  }
}

/** Ours under the names of the hand-written statement. */
function named(text: string): string {
  const bits = text.includes('passed_1') ? ', passed_1 as passed, unknown_1 as unknown' : ''
  return `select id, value_1 as award, value_2 as answer, rule_3 as tier${bits} from (${text}) as determined`
}

async function load(client: pg.Client, all: readonly Enterprise[]): Promise<void> {
  await client.query(`create table enterprise (id integer primary key, status text, industry text, size text, dishonest boolean,
    established date, filed date, income numeric(18,2), staff integer, investment numeric(18,2), equipment numeric(18,2), level integer, town text,
    check (established between '0001-01-01' and '9999-12-31'), check (filed between '0001-01-01' and '9999-12-31'),
    check (income <> 'NaN'), check (investment <> 'NaN'), check (equipment <> 'NaN'))`)
  const rows = function* () {
    for (const e of all)
      yield `${rowOf(e)
        .map(value => value ?? '\\N')
        .join('\t')}\n`
  }
  await pipeline(Readable.from(rows()), client.query(copyFrom('copy enterprise from stdin')))
  await client.query('vacuum (analyze) enterprise')
}

function rowOf(e: Enterprise): (string | number | boolean | null)[] {
  const money = (fen: number | null) => (fen === null ? null : yuan(fen))
  const date = (day: number | null) => (day === null ? null : isoDate(day))
  return [
    e.id,
    e.status,
    e.industry,
    e.size,
    e.dishonest,
    date(e.established),
    date(e.filed),
    money(e.incomeFen),
    e.staff,
    money(e.investmentFen),
    money(e.equipmentFen),
    e.level,
    e.town,
  ]
}

async function compareCalculation(
  client: pg.Client,
  own: string,
  all: readonly Enterprise[],
  reference: readonly (bigint | null)[],
  zen: Measured,
): Promise<void> {
  const sums = (text: string) =>
    `select sum(award), count(award), count(*) filter (where answer = '符合'), sum(tier) from (${text}) as answers`
  const [ownSeconds, handSeconds] = await alternately(
    () => client.query(sums(own)),
    () => client.query(sums(AWARDS_BY_HAND)),
  )
  const answers = async (text: string) => {
    const { rows } = await client.query({
      text: `select award from (${text}) as a order by id`,
      rowMode: 'array',
    })
    return rows.map(([award]) => (award === null ? null : BigInt(Math.round(Number(award) * 100))))
  }
  const { perSecond } = report('Millrace', await answers(own), ownSeconds, reference)
  report('SQL by hand', await answers(AWARDS_BY_HAND), handSeconds, reference)
  line('  of SQL by hand', handSeconds / ownSeconds, 0.9)
  line('  times zen-engine, 256 in flight', perSecond / zen.perSecond, 40)
  if (all.length !== reference.length) throw new Error('The reference is of other enterprises.')
}

async function compareStored(client: pg.Client, own: string, count: number): Promise<void> {
  const store = (text: string) => async () => {
    await client.query('drop table if exists determination')
    await client.query(
      'create table determination (id integer primary key, award numeric(18,2), answer text, tier integer, passed bigint, unknown bigint)',
    )
    await client.query(`insert into determination ${text}`)
  }
  const [ownSeconds, handSeconds] = await alternately(store(own), store(DETERMINATIONS_BY_HAND), 3)
  const rate = (seconds: number) =>
    `${Math.round(count / seconds)
      .toLocaleString('en')
      .padStart(12)} a second\n`
  process.stdout.write(`${'Millrace, stored with bits, rule, amount and key'.padEnd(64)} ${rate(ownSeconds)}`)
  process.stdout.write(`${'SQL by hand, storing the same'.padEnd(64)} ${rate(handSeconds)}`)
  line('  of SQL by hand', handSeconds / ownSeconds, 0.9)
}

/** Two in a hundred enterprises change; every one is determined again, and only what differs is written. */
async function measureChanges(client: pg.Client, own: string, count: number): Promise<void> {
  await client.query('drop table if exists determination')
  await client.query(`create table determination as ${own}`)
  await client.query('alter table determination add primary key (id)')
  await client.query('create table change as select * from determination where false')
  await client.query('update enterprise set income = coalesce(income, 0) + 30000000 where id % 50 = 0')
  await client.query('vacuum (analyze) enterprise')
  await client.query('analyze determination')
  const started = performance.now()
  const { rowCount } = await client.query(`insert into change
    select now.* from (${own}) as now left join determination as before using (id)
    where (now.award, now.answer, now.tier, now.passed, now.unknown) is distinct from
      (before.award, before.answer, before.tier, before.passed, before.unknown)`)
  const perSecond = count / ((performance.now() - started) / 1000)
  process.stdout.write(
    `${'Millrace, determined again, only changes written'.padEnd(64)} ${Math.round(perSecond).toLocaleString('en').padStart(12)} a second   ${rowCount} rows changed\n`,
  )
  line('  of 300,000 a second', perSecond / 300_000, 1)
}

/** Best of several, one after the other, so that a burst of load elsewhere meets both. */
async function alternately(
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
  runs = RUNS,
): Promise<readonly [number, number]> {
  let best: readonly [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let i = 0; i < runs; i++) {
    const a = await seconds(first)
    const b = await seconds(second)
    best = [Math.min(best[0], a), Math.min(best[1], b)]
  }
  return best
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}
