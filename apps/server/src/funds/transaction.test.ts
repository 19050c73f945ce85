import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '../../../../test/database.ts'
import { inTransaction } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { type Fen, parseYuan } from '../platform/money.ts'
import { ACCOUNT_KINDS, type AccountKind, listAccounts } from './accounts.ts'
import type { Posting } from './journal.ts'
import { listJournal } from './list-journal.ts'
import * as funds from './transaction.ts'
import { verifyAccounts } from './verify-accounts.ts'

const { db, pool } = await testDatabase()

const OPERATIONS = {
  appropriate: [funds.appropriate, 'appropriation', 'available'],
  hold: [funds.hold, 'available', 'held'],
  release: [funds.release, 'held', 'available'],
  order: [funds.order, 'held', 'ordered'],
  settle: [funds.settle, 'ordered', 'paid'],
  reject: [funds.reject, 'ordered', 'held'],
  return: [funds.returnPayment, 'paid', 'held'],
  recover: [funds.recover, 'paid', 'recoverable'],
  restore: [funds.restore, 'recoverable', 'available'],
} as const satisfies Record<string, readonly [typeof funds.hold, AccountKind, AccountKind]>
type OperationName = keyof typeof OPERATIONS
const NAMES = Object.keys(OPERATIONS) as OperationName[]

interface Command {
  readonly name: OperationName
  readonly year: number
  readonly amountFen: Fen
}

/** What an operation must do, said a second time without a database. */
class Model {
  readonly balances = new Map<string, Fen>()

  of(year: number, kind: AccountKind): Fen {
    return this.balances.get(`${year}-${kind}`) ?? 0n
  }

  /** @returns what is missing, or nothing when the command was applied */
  apply({ name, year, amountFen }: Command): Fen | undefined {
    const [, from, to] = OPERATIONS[name]
    const left = this.of(year, from) - amountFen
    const there = this.of(year, to) + amountFen
    if (left < 0n && from !== 'appropriation') return -left
    if (there < 0n) return -there
    this.balances.set(`${year}-${from}`, left)
    this.balances.set(`${year}-${to}`, there)
    return undefined
  }
}

function posting({ year, amountFen }: { year: number; amountFen: Fen }): Posting {
  return {
    year,
    amountFen,
    businessDate: '2022-07-01',
    actor: 'test',
    reference: { kind: 'subsidy_batch', id: newId() },
    memo: 'a test',
  }
}

function run(command: Command): Promise<string> {
  return inTransaction(db, tx => OPERATIONS[command.name][0](tx, posting(command)))
}

async function balances(...years: number[]): Promise<Record<string, Fen>> {
  const accounts = await listAccounts(db)
  return Object.fromEntries(
    accounts.filter(({ year }) => years.includes(year)).map(({ code, balanceFen }) => [code, balanceFen]),
  )
}

suite('the money of a budget year', () => {
  test('passes from the appropriation to the payee, one entry a step', async () => {
    const story: [OperationName, string][] = [
      ['appropriate', '1000.00'],
      ['hold', '600.00'],
      ['release', '100.00'],
      ['order', '500.00'],
      ['settle', '300.00'],
      ['reject', '200.00'],
      ['return', '50.00'],
      ['recover', '40.00'],
      ['restore', '30.00'],
    ]
    for (const [name, yuan] of story) await run({ name, year: 2022, amountFen: parseYuan(yuan) })
    assert.deepEqual(await balances(2022), {
      '2022-appropriation': parseYuan('-1000.00'),
      '2022-available': parseYuan('530.00'),
      '2022-held': parseYuan('250.00'),
      '2022-ordered': 0n,
      '2022-paid': parseYuan('210.00'),
      '2022-recoverable': parseYuan('10.00'),
    })
    const journal = await listJournal(db, { limit: 3 })
    assert.deepEqual(
      journal.map(({ kind, fromCode, toCode, amountFen }) => [kind, fromCode, toCode, amountFen]),
      [
        ['restore', '2022-recoverable', '2022-available', parseYuan('30.00')],
        ['recover', '2022-paid', '2022-recoverable', parseYuan('40.00')],
        ['return', '2022-paid', '2022-held', parseYuan('50.00')],
      ],
    )
    const older = await listJournal(db, { limit: 1, before: journal.at(-1)?.id ?? '' })
    assert.equal(older[0]?.kind, 'reject')
  })

  test('cannot be held beyond what is available: the refusal says how much is missing', async () => {
    await run({ name: 'appropriate', year: 2023, amountFen: parseYuan('100.00') })
    await assert.rejects(run({ name: 'hold', year: 2023, amountFen: parseYuan('100.01') }), {
      code: 'funds.insufficient',
      value: '0.01',
      where: '2023-available',
      missingFen: 1n,
      status: 409,
    })
    assert.equal((await balances(2023))['2023-available'], parseYuan('100.00'))
  })

  test('does not exist before the year got any: all of it is missing', async () => {
    await assert.rejects(run({ name: 'hold', year: 2031, amountFen: 5n }), {
      code: 'funds.insufficient',
      missingFen: 5n,
    })
  })

  test('can be cut, but not below what is already promised', async () => {
    await run({ name: 'appropriate', year: 2024, amountFen: 1000n })
    await run({ name: 'hold', year: 2024, amountFen: 700n })
    await run({ name: 'appropriate', year: 2024, amountFen: -300n })
    await assert.rejects(run({ name: 'appropriate', year: 2024, amountFen: -1n }), {
      code: 'funds.insufficient',
      missingFen: 1n,
    })
  })

  test('moves in amounts above zero only', async () => {
    for (const amountFen of [0n, -1n]) {
      await assert.rejects(run({ name: 'hold', year: 2024, amountFen }), {
        code: 'funds.amount-not-positive',
      })
    }
    await assert.rejects(run({ name: 'appropriate', year: 2024, amountFen: 0n }), {
      code: 'funds.amount-not-positive',
    })
  })

  test("does not move when the caller's own change fails", async () => {
    await run({ name: 'appropriate', year: 2025, amountFen: 10n })
    const failing = inTransaction(db, async tx => {
      await funds.hold(tx, posting({ year: 2025, amountFen: 10n }))
      throw new Error('the batch could not be approved')
    })
    await assert.rejects(failing, /could not be approved/)
    assert.equal((await balances(2025))['2025-held'], 0n)
  })
})

suite('the journal cannot be edited', () => {
  for (const table of ['journal_entry', 'journal_line']) {
    for (const statement of [
      `update ${table} set ${table === 'journal_line' ? 'amount_fen = 1' : "memo = 'x'"}`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      test(`the application may not ${statement}`, async () => {
        await assert.rejects(pool.query(statement), { code: '42501' })
      })
    }
  }

  test('an entry that does not balance cannot be committed', async () => {
    const wrong = db.transaction().execute(async tx => {
      const id = await funds.appropriate(tx, posting({ year: 2022, amountFen: 1n }))
      const [account] = await listAccounts(tx, 2022)
      await tx
        .insertInto('journal_line')
        .values({ entry_id: id, line: 3, account_id: account?.id ?? '', amount_fen: 1n })
        .execute()
    })
    await assert.rejects(wrong, /does not balance/)
  })

  test('an entry is closed when its transaction is over', async () => {
    const id = await run({ name: 'appropriate', year: 2022, amountFen: 1n })
    const [first, second] = await listAccounts(db, 2022)
    const late = db
      .insertInto('journal_line')
      .values([
        { entry_id: id, line: 3, account_id: first?.id ?? '', amount_fen: 1n },
        { entry_id: id, line: 4, account_id: second?.id ?? '', amount_fen: -1n },
      ])
      .execute()
    await assert.rejects(late, /is closed/)
  })
})

suite('by model', () => {
  let nextYear = 2100
  const amount = fc.bigInt(1n, 100n)
  const name = fc.constantFrom(...NAMES)
  const steps = fc.array(fc.record({ name, amountFen: amount, cut: fc.boolean(), later: fc.boolean() }), {
    minLength: 5,
    maxLength: 40,
  })

  test('any sequence of operations ends where the model ends, and every step keeps the books', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async commands => {
        const year = nextYear
        nextYear += 2
        const model = new Model()
        for (const step of commands) {
          const amountFen = step.cut && step.name === 'appropriate' ? -step.amountFen : step.amountFen
          const command = { name: step.name, year: step.later ? year + 1 : year, amountFen }
          const missing = model.apply(command)
          if (missing === undefined) await run(command)
          else await assert.rejects(run(command), { code: 'funds.insufficient', missingFen: missing })
          await holdsBooks(model, year, year + 1)
        }
      }),
      { numRuns: 12 },
    )
  })

  test('transactions at the same time end as some order of them would', async () => {
    const many = fc.array(fc.record({ name, amountFen: amount, later: fc.boolean() }), {
      minLength: 40,
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(many, async commands => {
        const year = nextYear
        nextYear += 2
        const model = new Model()
        for (const opened of [year, year + 1]) {
          const start: Command = { name: 'appropriate', year: opened, amountFen: 1_000n }
          model.apply(start)
          await run(start)
        }
        const outcomes = await Promise.allSettled(
          commands.map(({ later, ...step }) => run({ ...step, year: later ? year + 1 : year })),
        )
        outcomes.forEach((outcome, i) => {
          const step = commands[i]
          if (step === undefined) return
          if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'funds.insufficient')
          else applyInAnyOrder(model, { ...step, year: step.later ? year + 1 : year })
        })
        await holdsBooks(model, year, year + 1)
      }),
      { numRuns: 5 },
    )
  })

  /** What succeeded adds up whatever the order was; the database saw to it that no step overdrew. */
  function applyInAnyOrder(model: Model, { name, year, amountFen }: Command): void {
    const [, from, to] = OPERATIONS[name]
    model.balances.set(`${year}-${from}`, model.of(year, from) - amountFen)
    model.balances.set(`${year}-${to}`, model.of(year, to) + amountFen)
  }

  async function holdsBooks(model: Model, ...years: number[]): Promise<void> {
    const found = await balances(...years)
    for (const year of years) {
      for (const kind of ACCOUNT_KINDS) {
        const balance = found[`${year}-${kind}`] ?? 0n
        assert.equal(balance, model.of(year, kind), `${year} ${kind}`)
        assert.ok(kind === 'appropriation' || balance >= 0n)
      }
    }
    assert.equal(
      Object.values(found).reduce((sum, fen) => sum + fen, 0n),
      0n,
    )
    assert.deepEqual((await verifyAccounts(db)).disagreements, [])
  }
})
