import { handlersByKind, readJsonMessage, receiveMessages } from '../apps/server/src/exchange/index.ts'
import { bankMessageHandler } from '../apps/server/src/lending/index.ts'
import { readCity } from '../apps/server/src/platform/city.ts'
import { inTransaction } from '../apps/server/src/platform/db/index.ts'
import { loadPolicies } from '../apps/server/src/policy/index.ts'
import { asOwner } from './as-owner.ts'
import { type BankFixture, bankFixture, CREDIT_CODES, FILING_NUMBER, RIVERBANK } from './bank-fixture.ts'
import { TEST_CITY, type TestDatabase } from './database.ts'

export type Fields = Record<string, string>

/** A city with the policy of Testville, two banks, and one enterprise whose project qualifies in every respect. */
export async function subsidyFixture(database: TestDatabase): Promise<BankFixture> {
  const banks = await bankFixture(database.ownerUrl)
  await loadPolicies(database.db, readCity(TEST_CITY.slug))
  await asOwner(database.ownerUrl, client =>
    client.query(
      `update organisation set status = '存续', dishonest = false;
       update filing set approval_number = '2205-990100-04-01-000001', site_in_city = true,
         contract_signed_on = '2022-05-20', verified_investment_fen = 1200000000, civil_works_fen = 100000000;`,
    ),
  )
  return banks
}

const handlers = handlersByKind([bankMessageHandler])

/** Hands messages to the intake as a bank's drop does; gives the answers. */
export function report(database: TestDatabase, messages: readonly Fields[], bankCode = RIVERBANK) {
  const signed = messages.map(fields => {
    const { message } = readJsonMessage(Buffer.from(JSON.stringify(fields)))
    if (!message) throw new Error(`not a message: ${JSON.stringify(fields)}`)
    return { ...message, keyId: 'riverbank-2022' }
  })
  return inTransaction(database.db, tx =>
    receiveMessages(tx, handlers, { bankCode, channel: 'ndjson', messages: signed }),
  )
}

let messages = 0

/** The grant of a loan that qualifies, drawn whole on the day it was granted. */
export function qualifyingLoan(receipt: string, changes: Fields = {}): Fields[] {
  const granted: Fields = {
    message_id: `M-${++messages}`,
    kind: 'loan_granted',
    loan_receipt: receipt,
    occurred_on: '2022-06-15',
    credit_code: CREDIT_CODES[0] ?? '',
    enterprise_name: '测试企业',
    filing_number: FILING_NUMBER,
    product: '设备贷',
    amount: '10000000.00',
    annual_rate: '0.0370',
    day_count: 'ACT/360',
    settlement: 'quarterly',
    matures_on: '2025-06-15',
    account_number: '6200000000001234',
    account_name: '测试企业',
    account_bank_code: RIVERBANK,
    ...changes,
  }
  return [granted, event(receipt, 'drawdown', granted.occurred_on ?? '', { amount: granted.amount ?? '' })]
}

export function event(receipt: string, kind: string, day: string, fields: Fields = {}): Fields {
  return { message_id: `M-${++messages}`, kind, loan_receipt: receipt, occurred_on: day, ...fields }
}

/** Interest that fell due and was paid whole. */
export function settled(
  receipt: string,
  from: string,
  to: string,
  interest: string,
  fields: Fields = {},
): Fields {
  return event(receipt, 'interest_settled', to, {
    period_from: from,
    interest_due: interest,
    interest_paid: interest,
    penalty_paid: '0.00',
    ...fields,
  })
}
