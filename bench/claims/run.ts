/**
 * Claims of one quarter: `node bench/claims/run.ts [loans]`. Beside it, in the same run, the bare database storing
 * as many rows of the same width without deciding anything. And the programme page's figures over them.
 */
import { loadavg } from 'node:os'
import { sql } from 'kysely'
import { describeProgramme } from '../../apps/server/src/lending/describe-programme.ts'
import { determineClaims } from '../../apps/server/src/lending/index.ts'
import { readCity } from '../../apps/server/src/platform/city.ts'
import type { Db } from '../../apps/server/src/platform/db/index.ts'
import { loadPolicies } from '../../apps/server/src/policy/index.ts'
import { TEST_CITY } from '../../test/test-city.ts'
import { processorTime } from '../support/processor-time.ts'
import { timed, withBenchDatabase } from '../support/server.ts'
import { generateLoans } from './loans.ts'

const loans = Number(process.argv[2] ?? 100_000)
const perSecond = (seconds: number) => Math.round(loans / seconds).toLocaleString('en')

/** As if something had changed in each: what reports of banks do. */
const noteEveryPeriod = (db: Db) =>
  sql`insert into period_to_determine select id, organisation_id, calendar_year from loan_period`.execute(db)

await withBenchDatabase(async ({ db, ownerUrl }) => {
  await loadPolicies(db, readCity(TEST_CITY.slug))
  const { seconds: generating } = await timed(() => generateLoans(ownerUrl, loans))
  console.log(`${loans.toLocaleString('en')} loans generated in ${generating.toFixed(1)} s`)

  await noteEveryPeriod(db)
  const taken = await processorTime(db)
  const first = await timed(() => determineClaims(db))
  const processor = taken?.()
  console.log(
    `claims determined and stored: ${first.seconds.toFixed(2)} s, ${perSecond(first.seconds)} a second` +
      (processor === undefined
        ? ''
        : `; ${processor.toFixed(2)} s of processor, all cores together (load ${loadavg()[0]?.toFixed(1)})`),
  )

  const bare = await timed(() =>
    sql`create temporary table bare as
      select d.*, c.loan_id, c.quarter, c.interest_fen
      from determination d join claim c on c.id = d.subject_id`.execute(db),
  )
  console.log(
    `the same rows copied by the bare database: ${bare.seconds.toFixed(2)} s; ratio ${(first.seconds / bare.seconds).toFixed(1)}`,
  )

  await noteEveryPeriod(db)
  const again = await timed(() => determineClaims(db))
  console.log(
    `checked again, nothing written: ${again.seconds.toFixed(2)} s, ${perSecond(again.seconds)} a second`,
  )

  const answers = await sql<{
    answer: string
    claims: string
  }>`select answer, count(*)::text as claims from claim group by 1`.execute(db)
  console.log(Object.fromEntries(answers.rows.map(row => [row.answer, row.claims])))

  const actor = {
    id: '',
    name: '',
    role: 'officer',
    bankCode: null,
    creditCode: null,
    townCode: null,
  } as const
  const times: number[] = []
  for (let call = 0; call < 50; call++) {
    times.push((await timed(() => describeProgramme(db, 2022, actor, { kind: 'all' }))).seconds * 1000)
  }
  times.sort((a, b) => a - b)
  console.log(`programme figures: median ${times[25]?.toFixed(1)} ms`)
})
