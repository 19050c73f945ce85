import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { testDatabase } from '../../../../test/database.ts'
import { inTransaction } from '../platform/db/index.ts'
import { correctPayeeAccount } from './correct-payee-account.ts'
import { findAccountsInForce, listPayeeAccounts } from './list-payee-accounts.ts'
import { accountProblem, maskAccountNumber } from './payee-account.ts'
import { recordPayeeAccounts } from './record-payee-accounts.ts'
import { ACTOR, addOrganisations, addSource, BANK, OTHER_BANK, TODAY } from './test/fixtures.ts'

const { db } = await testDatabase()
const bankSource = await addSource(db, 'bank')
const personSource = await addSource(db, 'person')

async function newOrganisation(): Promise<string> {
  const [id] = await addOrganisations(db, ['测试机械有限公司'])
  return id ?? ''
}

function report(organisationId: string, accountNumber: string, bankCode = BANK) {
  return { organisationId, accountNumber, bankCode, holderName: '测试机械有限公司', sourceId: bankSource }
}

function record(...reports: ReturnType<typeof report>[]) {
  return inTransaction(db, tx => recordPayeeAccounts(tx, reports, 'river bank'))
}

function correct(organisationId: string, accountNumber: string, bankCode = BANK) {
  return inTransaction(db, tx =>
    correctPayeeAccount(tx, {
      organisationId,
      accountNumber,
      bankCode,
      sourceId: personSource,
      actor: ACTOR,
      businessDate: TODAY,
    }),
  )
}

async function history(organisationId: string): Promise<string[]> {
  const accounts = await listPayeeAccounts(db, organisationId)
  return accounts.map(({ maskedNumber, state }) => `${maskedNumber} ${state}`)
}

async function rejectInForce(organisationId: string): Promise<void> {
  await db
    .updateTable('payee_account')
    .set({ state: 'rejected', rejected_reason: 'AC04' })
    .where('organisation_id', '=', organisationId)
    .where('state', '=', 'in_force')
    .execute()
}

suite('the account an enterprise is paid into', () => {
  test('is the one its bank reported, and the same report again changes nothing', async () => {
    const id = await newOrganisation()
    assert.deepEqual(await record(report(id, '6222000011112222')), ['recorded'])
    assert.deepEqual(await record(report(id, '6222000011112222')), ['unchanged'])
    assert.deepEqual(await history(id), ['**** 2222 in_force'])
    assert.equal((await findAccountsInForce(db, [id])).size, 1)
  })

  test('follows its bank to a newer account, and does not follow another bank', async () => {
    const id = await newOrganisation()
    const outcomes = await record(
      report(id, '6222000011112222'),
      report(id, '6222000033334444'),
      report(id, '6222000055556666', OTHER_BANK),
    )
    assert.deepEqual(outcomes, ['recorded', 'replaced', 'kept'])
    assert.deepEqual(await history(id), ['**** 4444 in_force', '**** 2222 replaced'])
    assert.deepEqual(await record(report(id, '6222000077778888')), ['replaced'])
    assert.deepEqual((await history(id)).slice(0, 2), ['**** 8888 in_force', '**** 4444 replaced'])
  })

  test('is not taken from a report that nobody could pay into', async () => {
    const id = await newOrganisation()
    assert.deepEqual(await record(report(id, 'AB12'), report(id, '6222000011112222', '102100099995')), [
      'invalid',
      'invalid',
    ])
    assert.deepEqual(await history(id), [])
  })

  test('that was rejected stays out until the enterprise names another', async () => {
    const id = await newOrganisation()
    await record(report(id, '6222000011112222'))
    await rejectInForce(id)
    assert.deepEqual(await record(report(id, '6222000011112222')), ['rejected_before'])
    await assert.rejects(correct(id, '6222 0000 1111 2222'), { code: 'payee.account-rejected-before' })
    assert.equal((await findAccountsInForce(db, [id])).size, 0)

    await correct(id, '6222 0000 9999-0000', OTHER_BANK)
    assert.deepEqual(await history(id), ['**** 0000 in_force', '**** 2222 rejected'])
  })

  test('that the enterprise named itself is not undone by a bank', async () => {
    const id = await newOrganisation()
    await record(report(id, '6222000011112222'))
    const corrected = await correct(id, '6222000099990000')
    assert.equal(await correct(id, '6222000099990000'), corrected)
    assert.deepEqual(await record(report(id, '6222000011112222')), ['kept'])
    assert.deepEqual(await history(id), ['**** 0000 in_force', '**** 2222 replaced'])
  })

  test('is held in the name of the enterprise, whatever it writes', async () => {
    const id = await newOrganisation()
    await correct(id, '6222000099990000')
    assert.equal((await listPayeeAccounts(db, id))[0]?.holderName, '测试机械有限公司')
  })

  test('is one only, however many reports and corrections come at once', async () => {
    const id = await newOrganisation()
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => {
        const number = `62220000000000${10 + i}`
        return i % 4 === 3 ? correct(id, number) : record(report(id, number, i % 2 ? BANK : OTHER_BANK))
      }),
    )
    const accounts = await listPayeeAccounts(db, id)
    assert.equal(accounts.filter(({ state }) => state === 'in_force').length, 1)
  })
})

suite('account details', () => {
  const good = { holderName: '测试机械有限公司', accountNumber: '6222000011112222', bankCode: BANK }
  const table = [
    ['8 digits', { accountNumber: '12345678' }, undefined],
    ['32 digits', { accountNumber: '1'.repeat(32) }, undefined],
    ['7 digits', { accountNumber: '1234567' }, 'payee.account-number-malformed'],
    ['33 digits', { accountNumber: '1'.repeat(33) }, 'payee.account-number-malformed'],
    ['letters', { accountNumber: '6222A00011112222' }, 'payee.account-number-malformed'],
    [
      'full-width digits',
      { accountNumber: '６２２２００００１１１１２２２２' },
      'payee.account-number-malformed',
    ],
    ['a wrong check digit', { bankCode: '308584000031' }, 'payee.bank-code-invalid'],
    ['no holder', { holderName: '' }, 'payee.holder-malformed'],
    ['a line break in the name', { holderName: '测试\n机械' }, 'payee.holder-malformed'],
    ['a name of 140 characters', { holderName: '名'.repeat(140) }, undefined],
    ['a name of 141 characters', { holderName: '名'.repeat(141) }, 'payee.holder-malformed'],
  ] as const
  for (const [what, change, code] of table) {
    test(`${what}: ${code ?? 'fine'}`, () => {
      assert.equal(accountProblem({ ...good, ...change })?.code, code)
    })
  }

  test('a refused account number is not repeated to anyone', () => {
    assert.equal(accountProblem({ ...good, accountNumber: '62220000111122223333X' })?.value, '**** 333X')
    assert.equal(maskAccountNumber('1234567'), '****')
    assert.equal(maskAccountNumber('6222000011112222'), '**** 2222')
  })
})
