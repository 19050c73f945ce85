import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { factOnDay } from './fact-on-day.sql.ts'

const DAYS = ['2022-01-01', '2022-02-01', '2022-03-01', '2022-04-01', '2022-05-01']

interface Statement {
  readonly day: string
  /** undefined: this version says nothing of the fact. */
  readonly status: string | null | undefined
}

/** The rule in words: the last statement dated on the day or before; else the first after it. */
function expected(statements: readonly Statement[], day: string): string | null {
  const stated = statements.filter(({ status }, index) =>
    index === 0 ? status != null : status !== undefined,
  )
  const byDate = stated.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const before = byDate.findLast(statement => statement.day <= day)
  if (before) return before.status ?? null
  const [first] = byDate
  return byDate.findLast(statement => statement.day === first?.day)?.status ?? null
}

describe('a fact on a day', () => {
  let database: TestDatabase
  before(async () => {
    database = await testDatabase()
  })

  it('is what was last stated of that day or before, in whatever order it was recorded', async () => {
    const statement = fc.record({
      day: fc.constantFrom(...DAYS),
      status: fc.constantFrom('存续', '吊销', '注销', null, undefined),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 6 }), async statements => {
        const rows = statements.map(({ day, status }, index) => ({
          version: index + 1,
          as_of: day,
          changed: index === 0 ? null : status === undefined ? ['name'] : ['name', 'status'],
          status: status ?? null,
        }))
        const { rows: found } = await sql<{ day: string; status: string | null }>`
          select asked.day, ${factOnDay('status')} as status
          from unnest(${DAYS}::date[]) as asked (day)
          cross join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
            as v (version integer, as_of date, changed text[], status text)
          cross join lateral (select v.as_of) s
          group by asked.day order by asked.day`.execute(database.db)
        assert.deepEqual(
          found.map(({ status }) => status),
          DAYS.map(day => expected(statements, day)),
        )
      }),
    )
  })
})
