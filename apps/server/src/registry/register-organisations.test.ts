import assert from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import fc from 'fast-check'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { FACTS } from './facts.ts'
import { findOrganisation } from './get-organisation.ts'
import { type NewOrganisation, registerOrganisations } from './register-organisations.ts'
import { city, codeOf, emptyRegistry } from './test/fixtures.ts'
import { loadTowns, readTowns } from './towns.ts'

const everyone = { kind: 'all' } as const
const source = { name: '登记系统', kind: 'register', asOf: '2022-06-14', recordedBy: 'test' } as const

describe('registering organisations that a program states', () => {
  let database: TestDatabase

  before(async () => {
    database = await testDatabase()
    await database.db.transaction().execute(tx => loadTowns(tx, readTowns(city)))
  })
  beforeEach(() => emptyRegistry(database))

  it('writes each fact with its source, and only what changed the next time', async () => {
    const first: NewOrganisation = {
      credit_code: codeOf(1),
      name: '甲厂',
      size_class: 'small',
      dishonest: false,
    }
    assert.deepEqual(await registerOrganisations(database, source, [first]), {
      created: 1,
      updated: 0,
      unchanged: 0,
    })
    assert.deepEqual(await registerOrganisations(database, source, [first]), {
      created: 0,
      updated: 0,
      unchanged: 1,
    })
    const later = { ...source, kind: 'bank', asOf: '2022-09-01' } as const
    await registerOrganisations(database, later, [{ credit_code: codeOf(1), name: '甲厂', dishonest: true }])
    const page = await findOrganisation(database.db, codeOf(1), everyone)
    const facts = Object.fromEntries(
      (page?.facts ?? []).map(({ fact, value, source }) => [fact, [value, source?.as_of]]),
    )
    assert.deepEqual(facts.dishonest, [true, '2022-09-01'])
    assert.deepEqual(facts.size_class, ['small', '2022-06-14'])
    assert.deepEqual(facts.division_code, ['990100', '2022-06-14'])
    assert.deepEqual(page?.history[0]?.changes, [{ fact: 'dishonest', from: false, to: true }])
  })

  it('tells the floors above which source changed what was known, and nothing of what is new', async () => {
    const told = async () => {
      const { rows } = await database.pool.query<{ count: number }>(
        `select count(*)::int from graphile_worker.jobs where task_identifier like '%.registry.organisations-changed'`,
      )
      return rows[0]?.count ?? 0
    }
    const before = await told()
    await registerOrganisations(database, source, [{ credit_code: codeOf(1), name: '甲厂' }])
    assert.equal(await told(), before)
    await registerOrganisations(database, source, [{ credit_code: codeOf(1), name: '乙厂' }])
    assert.equal(await told(), before + 1)
  })

  it('lets an older statement correct its own day and not what was stated of a later one', async () => {
    const say = (asOf: string, facts: Partial<NewOrganisation>) =>
      registerOrganisations(database, { ...source, asOf }, [
        { credit_code: codeOf(1), name: '甲厂', ...facts },
      ])
    await say('2022-06-01', { status: '存续', size_class: 'small' })
    await say('2023-03-01', { status: '注销' })
    // Struck off half a year earlier than was known: what is in force stays, and yet something has changed.
    assert.equal((await say('2022-09-01', { status: '注销', size_class: 'medium' })).updated, 1)
    assert.equal((await say('2022-09-01', { status: '注销', size_class: 'medium' })).unchanged, 1)
    // Of that day something else was known by then.
    assert.equal((await say('2022-10-01', { status: '吊销' })).updated, 1)
    const page = await findOrganisation(database.db, codeOf(1), everyone)
    const facts = Object.fromEntries(
      (page?.facts ?? []).map(({ fact, value, source }) => [fact, [value, source?.as_of]]),
    )
    assert.deepEqual(facts.status, ['注销', '2023-03-01'])
    assert.deepEqual(facts.size_class, ['medium', '2022-09-01'])
    assert.deepEqual(
      page?.history.map(({ changes }) => changes.find(({ fact }) => fact === 'status')),
      [
        { fact: 'status', from: '注销', to: '吊销' },
        { fact: 'status', from: '存续', to: '注销' },
        { fact: 'status', from: '存续', to: '注销' },
        { fact: 'status', from: null, to: '存续' },
      ],
    )
  })

  it('keeps the facts in force equal to what the versions add up to, whatever comes', async () => {
    const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
    const statement: fc.Arbitrary<NewOrganisation> = fc.record({
      credit_code: fc.constantFrom(codeOf(1), codeOf(2), codeOf(3)),
      name: fc.constantFrom('甲厂', '乙厂', '丙\t厂\\'),
      capital: maybe(fc.constantFrom('0', '2000000', '1234.567891')),
      capital_currency: maybe(fc.constantFrom('CNY', 'USD')),
      address: maybe(fc.constantFrom('一路', '二路\n二号')),
      town_code: maybe(fc.constantFrom('990100101', '990100102')),
      established_on: maybe(fc.constantFrom('1999-05-06', '2001-02-03')),
      dishonest: maybe(fc.boolean()),
    })
    const batch = fc.uniqueArray(statement, { selector: ({ credit_code }) => credit_code, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 5 }), async batches => {
        await emptyRegistry(database)
        for (const organisations of batches) {
          await registerOrganisations(database, source, organisations)
          const again = await registerOrganisations(database, source, organisations)
          assert.equal(again.unchanged, organisations.length)
        }
        for (const code of [codeOf(1), codeOf(2), codeOf(3)]) {
          const page = await findOrganisation(database.db, code, everyone)
          const added: Record<string, unknown> = Object.fromEntries(FACTS.map(fact => [fact, null]))
          for (const { changes } of page?.history.toReversed() ?? []) {
            for (const { fact, from, to } of changes) {
              assert.deepEqual(added[fact], from)
              assert.notEqual(from, to)
              added[fact] = to
            }
          }
          if (page)
            assert.deepEqual(Object.fromEntries(page.facts.map(({ fact, value }) => [fact, value])), added)
        }
      }),
      { numRuns: 15 },
    )
  })
})
