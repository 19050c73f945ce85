import fc from 'fast-check'

/** A message as a bank sends it. */
export type Fields = Record<string, string>

/** What truly happened to one loan, and everything that its bank sends about it, mistakes and corrections included. */
export interface LoanStory {
  readonly receipt: string
  /** The message that states the true contract. */
  readonly grant: Fields
  /** The messages that state true events. */
  readonly events: readonly Fields[]
  /** Everything sent, in the order in which an orderly bank would send it. */
  readonly sent: readonly Fields[]
}

const DAYS = ['2022-06-21', '2022-09-21', '2022-12-21', '2023-03-21', '2023-06-21']
const yuan = fc.integer({ min: 1, max: 500_000_000 }).map(fen => (fen / 100).toFixed(2))
const rate = fc.integer({ min: 1, max: 99_999 }).map(millionths => `0.${String(millionths).padStart(6, '0')}`)
const day = fc.integer({ min: 0, max: 364 }).map(days => {
  return new Date(Date.parse('2022-06-21T00:00:00Z') + days * 86_400_000).toISOString().slice(0, 10)
})

const event = (receipt: string): fc.Arbitrary<Fields> =>
  fc
    .oneof(
      fc.record({
        kind: fc.constantFrom('drawdown', 'repayment', 'early_repayment', 'overdue'),
        amount: yuan,
        occurred_on: day,
      }),
      fc.record({ kind: fc.constant('rate_change'), annual_rate: rate, occurred_on: day }),
      fc.record({ kind: fc.constant('cured'), occurred_on: day }),
      fc.record({ kind: fc.constant('extension'), matures_on: fc.constant('2026-06-14'), occurred_on: day }),
      fc.record({
        kind: fc.constant('refinanced'),
        refinances_loan_receipt: fc.constant('OLD-1'),
        occurred_on: day,
      }),
    )
    .map(fields => ({ ...fields, loan_receipt: receipt }))

const settlement = (receipt: string, quarter: number): fc.Arbitrary<Fields> =>
  fc.tuple(yuan, yuan).map(([due, penalty]) => ({
    kind: 'interest_settled',
    loan_receipt: receipt,
    period_from: DAYS[quarter] ?? '',
    occurred_on: DAYS[quarter + 1] ?? '',
    interest_due: due,
    interest_paid: due,
    penalty_paid: penalty,
  }))

const grant = (receipt: string, creditCodes: readonly string[]): fc.Arbitrary<Fields> =>
  fc
    .record({
      credit_code: fc.constantFrom(...creditCodes),
      annual_rate: rate,
      account: fc.integer({ min: 1000, max: 9999 }),
    })
    .map(({ credit_code, annual_rate, account }) => ({
      kind: 'loan_granted',
      loan_receipt: receipt,
      occurred_on: '2022-06-15',
      credit_code,
      enterprise_name: '测试市某某机械有限公司',
      filing_number: 'F-2022-0001',
      product: '数字贷',
      amount: '5000000.00',
      annual_rate,
      day_count: 'ACT/360',
      settlement: 'quarterly',
      matures_on: '2025-06-14',
      account_number: `99001234${account}`,
      account_name: '测试市某某机械有限公司',
      account_bank_code: '102100099996',
    }))

/** A wrong version of a message: another amount, another day, a contract that its own events contradict. */
function mistake(fields: Fields): fc.Arbitrary<Fields> {
  switch (fields.kind) {
    case 'loan_granted':
      return fc.constantFrom(
        { ...fields, amount: '0.01' },
        { ...fields, occurred_on: '2022-12-01' },
        { ...fields, annual_rate: '0.5' },
      )
    case 'interest_settled':
      return fc
        .constantFrom<Fields[]>(
          { ...fields, interest_due: '9999999.99' },
          { ...fields, period_from: '2022-07-01' },
          { ...fields, occurred_on: '2023-06-21' },
        )
        .filter(wrong => (wrong.period_from ?? '') < (wrong.occurred_on ?? ''))
    default:
      return fc.constant({ ...fields, occurred_on: '2022-06-14' })
  }
}

/**
 * The story of one loan. A mistake is sent first; its reversal and the right message follow, at once or much later.
 */
export function loanStory(receipt: string, creditCodes: readonly string[]): fc.Arbitrary<LoanStory> {
  return fc
    .tuple(
      grant(receipt, creditCodes),
      fc.array(event(receipt), { maxLength: 5 }),
      fc
        .integer({ min: 0, max: 4 })
        .chain(count =>
          fc.tuple(...Array.from({ length: count }, (_, quarter) => settlement(receipt, quarter))),
        ),
    )
    .chain(([granted, events, settlements]) => {
      const facts = [granted, ...events, ...settlements].map((fields, index) => ({
        message_id: `${receipt}:${index}`,
        ...fields,
      }))
      return fc
        .tuple(
          ...facts.map(fact =>
            fc.option(fc.tuple(mistake(fact), fc.nat({ max: facts.length })), { freq: 2 }),
          ),
        )
        .map(mistakes => toStory(receipt, facts, mistakes))
    })
}

function toStory(
  receipt: string,
  facts: readonly Fields[],
  mistakes: readonly ([Fields, number] | null | undefined)[],
): LoanStory {
  const queue: { at: number; fields: Fields }[] = []
  facts.forEach((fact, index) => {
    const wrong = mistakes[index]
    if (!wrong) {
      queue.push({ at: index, fields: fact })
      return
    }
    const [fields, delay] = wrong
    const wrongId = `${receipt}:${index}:wrong`
    queue.push({ at: index, fields: { ...fields, message_id: wrongId } })
    const reversal = {
      message_id: `${wrongId}:r`,
      kind: 'reversal',
      loan_receipt: receipt,
      occurred_on: '2023-06-21',
      reverses: wrongId,
    }
    queue.push({ at: index + delay, fields: reversal }, { at: index + delay, fields: fact })
  })
  const sent = queue.sort((a, b) => a.at - b.at).map(({ fields }) => fields)
  const [granted, ...events] = facts
  return { receipt, grant: granted ?? {}, events, sent }
}

/** The same messages as an unreliable line delivers them: in any order, some twice. */
export function unreliable<T>(sent: readonly T[]): fc.Arbitrary<T[]> {
  return fc
    .tuple(
      fc.shuffledSubarray([...sent], { minLength: sent.length, maxLength: sent.length }),
      fc.subarray([...sent]),
      fc.array(fc.nat(), { minLength: sent.length, maxLength: sent.length }),
    )
    .map(([shuffled, again, places]) => {
      const delivered = [...shuffled]
      again.forEach((message, index) => {
        delivered.splice((places[index] ?? 0) % (delivered.length + 1), 0, message)
      })
      return delivered
    })
}
