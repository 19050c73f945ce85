import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { CREDIT_CODES, MILLBANK, RIVERBANK } from '../../../../test/bank-fixture.ts'
import { type Fields, loanStory } from '../../../../test/bank-stories.ts'
import { renamed } from '../../../../test/loan-state.ts'
import type { TestSigner } from '../../../../test/request-signer.ts'
import type { Db } from '../platform/db/index.ts'
import { BankLine } from './test/bank-line.ts'

/** Enough messages that the transactions of different files meet. */
const LOANS = 450
const seed = 20_220_616

let together: BankLine
let apart: BankLine
before(async () => {
  together = await BankLine.open(2)
  apart = await BankLine.open(1)
})
after(() => Promise.all([together.close(), apart.close()]))

interface Drop {
  readonly bank: 'riverbank' | 'millbank'
  readonly key: string
  readonly body: string
}

/**
 * A bank's files: two that overlap, one with everything in another order. Both banks use the same receipts and the
 * same message identifiers, which are two banks' own affair, and lend to the same enterprises.
 */
function dropsOf(bank: Drop['bank']): Drop[] {
  const stories = fc
    .sample(loanStory('T', CREDIT_CODES), { numRuns: LOANS, seed })
    .map((story, index) => renamed(story, `-${index}`))
  // What happens to all loans side by side, so that mistakes and their reversals come in different files.
  const longest = Math.max(...stories.map(({ sent }) => sent.length))
  const messages = Array.from({ length: longest }, (_, at) =>
    stories.flatMap(({ sent }) => sent.slice(at, at + 1)),
  ).flat()
  const cut = (share: number) => Math.trunc(messages.length * share)
  const file = (key: string, some: readonly Fields[]) => ({
    bank,
    key: `${bank}-${key}`,
    body: some.map(fields => `${JSON.stringify(fields)}\n`).join(''),
  })
  return [
    file('first', messages.slice(0, cut(0.65))),
    file('second', messages.slice(cut(0.35))),
    file('reversed', messages.toReversed()),
  ]
}

function signerOf(line: BankLine, { bank }: Drop): TestSigner {
  return line.banks[bank]
}

test('two banks that deliver the same and overlapping files at once come to what one file after another comes to', async () => {
  const drops = [...dropsOf('riverbank'), ...dropsOf('millbank')]
  for (const drop of drops)
    assert.equal((await apart.drop(signerOf(apart, drop), drop.key, drop.body)).status, 200)

  const deadlocks = await deadlocksOf(together.database.db)
  // Each file twice, through two servers.
  const answers = await Promise.all(
    [0, 1].flatMap(via =>
      drops.map(async drop => ({
        drop,
        answer: await together.drop(signerOf(together, drop), drop.key, drop.body, { via }),
      })),
    ),
  )
  for (const { drop, answer } of answers) {
    assert.equal(answer.status, 200)
    assert.equal(answer.rows, drop.body.split('\n').length - 1)
    assert.equal(answer.refused, 0, JSON.stringify(answer.answers.find(row => row.outcome === 'refused')))
  }
  for (const bank of ['riverbank', 'millbank']) {
    const firsts = answers
      .filter(({ drop }) => drop.bank === bank)
      .flatMap(({ answer }) => answer.answers.filter(row => !row.replayed).map(row => row.message_id))
    assert.equal(new Set(firsts).size, firsts.length, 'each message was new once')
  }
  // Retried deadlocks would not show in any answer.
  assert.equal(await deadlocksOf(together.database.db), deadlocks)

  const state = await stateOf(together.database.db)
  assert.deepEqual(state, await stateOf(apart.database.db))
  for (const code of [RIVERBANK, MILLBANK]) {
    const loans = state.loans.filter(loan => loan.bank_code === code)
    assert.equal(loans.length, LOANS)
    const principal = loans.reduce((sum, loan) => sum + loan.principal_fen, 0n)
    const figure = { bank_code: code, town_code: '', loans: BigInt(LOANS), principal_fen: principal }
    assert.deepEqual(
      state.figures.filter(each => each.bank_code === code),
      [figure],
      'a contract taken back is not counted',
    )
  }
  assert.deepEqual(
    state.messages.filter(({ outcome }) => outcome === 'waiting' || outcome === 'refused'),
    [],
  )
})

/** What must not depend on the order of arrival; whose account came first may. */
async function stateOf(db: Db) {
  const { rows: loans } = await sql<{ bank_code: string; principal_fen: bigint }>`
    select l.bank_code, l.loan_receipt, m.message_id, o.credit_code, l.annual_rate, l.principal_fen, l.granted_on
    from loan l join bank_message m on m.id = l.message_id join organisation o on o.id = l.organisation_id
    where l.reversed_by is null order by 1, 2`.execute(db)
  const { rows: events } = await sql`
    select m.bank_code, m.loan_receipt, m.message_id, e.kind, e.occurred_on, e.amount_fen, e.interest_due_fen
    from loan_event e join loan l on l.id = e.loan_id join bank_message m on m.id = e.message_id
    where l.reversed_by is null and e.reverses_id is null
      and not exists (select from loan_event r where r.reverses_id = e.id)
    order by 1, 2, 3`.execute(db)
  const { rows: messages } = await sql<{ outcome: string }>`
    select m.bank_code, m.message_id, coalesce(o.outcome, m.outcome) as outcome
    from bank_message m
    left join lateral (
      select outcome from bank_message_outcome where message_id = m.id order by seq desc limit 1
    ) o on true
    order by 1, 2`.execute(db)
  const { rows: accounts } = await sql`
    select o.credit_code, count(*) from payee_account a join organisation o on o.id = a.organisation_id
    where a.state = 'in_force' group by 1 order by 1`.execute(db)
  const { rows: figures } = await sql<{ bank_code: string }>`
    select bank_code, town_code, loans, principal_fen from loan_figure order by 1, 2`.execute(db)
  return { loans, events, messages, accounts, figures }
}

async function deadlocksOf(db: Db): Promise<bigint> {
  await sql`select pg_stat_force_next_flush()`.execute(db)
  const { rows } = await sql<{ deadlocks: bigint }>`
    select deadlocks from pg_stat_database where datname = current_database()`.execute(db)
  return rows[0]?.deadlocks ?? 0n
}
