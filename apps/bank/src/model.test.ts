import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { addDays, dayNumber } from './calendar.ts'
import type { BankMessage, DayCount, SentMessage } from './messages.ts'
import { interestBetween, weightOfDay } from './model/daily-interest.ts'
import { expectPayments } from './model.ts'
import { formatYuan, parseRate, parseYuan } from './money.ts'
import { interestDue } from './story/interest.ts'
import { FULL_INTEREST, fictionalWorld } from './testing/fictional-world.ts'
import type { Policy, World, WorldFiling } from './world.ts'

const step = (on: string, yuan: string, rate: string) => ({
  day: dayNumber(on),
  balance: parseYuan(yuan),
  rate: parseRate(rate),
})

suite('interest, day by day', () => {
  // facts 5.1: 10 million yuan at 3.70 %
  const table: readonly [from: string, to: string, act360: string, act365: string][] = [
    ['2022-06-15', '2022-06-21', '6166.67', '6082.19'],
    ['2022-06-21', '2022-09-21', '94555.56', '93260.27'],
    ['2022-09-21', '2022-12-21', '93527.78', '92246.58'],
    ['2022-12-21', '2023-03-21', '92500.00', '91232.88'],
    ['2023-03-21', '2023-06-15', '88388.89', '87178.08'],
    ['2023-12-21', '2024-03-21', '93527.78', '92246.58'],
  ]
  for (const [from, to, act360, act365] of table) {
    test(`10 million yuan at 3.70 % from ${from} to ${to} are ${act360}, or ${act365} by 365 days`, () => {
      const steps = [step('2022-06-15', '10000000.00', '0.0370')]
      assert.equal(formatYuan(interestBetween(steps, 'ACT/360', from, to)), act360)
      assert.equal(formatYuan(interestBetween(steps, 'ACT/365', from, to)), act365)
    })
  }

  test('a repayment and a change of rate within the quarter: 41,752.78, rounded once', () => {
    const steps = [
      step('2022-09-21', '5000000.00', '0.0365'),
      step('2022-11-10', '4000000.00', '0.0365'),
      step('2022-12-01', '4000000.00', '0.0355'),
    ]
    assert.equal(formatYuan(interestBetween(steps, 'ACT/360', '2022-09-21', '2022-12-21')), '41752.78')
  })

  test('a quarter by 30/360 has 90 days, a year 360, whatever the calendar says', () => {
    const days = (from: string, to: string) => {
      let total = 0n
      for (let day = dayNumber(from); day < dayNumber(to); day++) total += weightOfDay(day, '30/360')
      return total
    }
    assert.equal(days('2022-12-21', '2023-03-21'), 90n)
    assert.equal(days('2023-12-21', '2024-03-21'), 90n)
    assert.equal(days('2022-02-28', '2023-02-28'), 360n)
    assert.equal(days('2022-01-31', '2022-02-28'), 28n)
    assert.equal(days('2022-02-28', '2022-03-01'), 3n)
    assert.equal(days('2022-05-30', '2022-05-31'), 0n)
  })

  test('gives the same as balance by balance, for any movements and day count', () => {
    const movement = fc.record({
      after: fc.integer({ min: 0, max: 60 }),
      yuan: fc.integer({ min: 1, max: 9_999_999 }),
    })
    fc.assert(
      fc.property(
        fc.array(movement, { minLength: 1, maxLength: 8 }),
        fc.array(
          fc.record({ after: fc.integer({ min: 1, max: 90 }), points: fc.integer({ min: 1, max: 900 }) }),
        ),
        fc.constantFrom<DayCount>('ACT/360', 'ACT/365', '30/360'),
        fc.integer({ min: 1, max: 400 }),
        (draws, rates, dayCount, length) => {
          const rateText = (points: number) => `0.${points.toString().padStart(4, '0')}`
          let on = '2023-11-17'
          const movements = [
            ...draws.map(({ after, yuan }) => {
              on = addDays(on, after)
              return { on, fen: BigInt(yuan) * 7n }
            }),
            ...rates.map(({ after, points }) => ({
              on: addDays('2023-11-17', after),
              annual_rate: rateText(points),
            })),
          ].sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0))
          let [balance, rate] = [0n, parseRate('0.0370')]
          const steps = movements.map(each => {
            balance += 'fen' in each ? each.fen : 0n
            if ('annual_rate' in each) rate = parseRate(each.annual_rate)
            return { day: dayNumber(each.on), balance, rate }
          })
          const [from, to] = ['2023-12-21', addDays('2023-12-21', length)]
          assert.equal(
            interestBetween(steps, dayCount, from, to),
            interestDue(movements, '0.0370', dayCount, from, to),
          )
        },
      ),
      { numRuns: 300 },
    )
  })
})

const base = fictionalWorld(1, 1)
const [bank, sm2Bank, lateBank, strangeBank] = base.banks
const [enterprise] = base.enterprises
if (!bank || !sm2Bank || !lateBank || !strangeBank || !enterprise) throw new Error('the world is too small')
const sound: WorldFiling = {
  filing_number: 'F-1',
  credit_code: enterprise.credit_code,
  filed_on: '2022-05-01',
  state: 'in_force',
  approval_number: '2202-1',
  site_in_city: true,
  contract_signed_on: '2022-05-05',
  verified_investment: '100000000.00',
  civil_works: '0.00',
}

interface Loan {
  readonly receipt?: string
  readonly filing?: string
  readonly amount?: string
  readonly drawn?: string
  readonly rate?: string
  readonly product?: string
  readonly from?: string
}

/** A loan of 10 million yuan at 3.70 % drawn on 2022-06-15, unless said otherwise. */
function loan({
  receipt = 'L-1',
  filing = 'F-1',
  amount = '10000000.00',
  drawn = '2022-06-15',
  ...rest
}: Loan): SentMessage[] {
  const common = { loan_receipt: receipt, occurred_on: drawn }
  return send(rest.from ?? bank?.code ?? '', [
    {
      ...common,
      message_id: `${receipt}-G`,
      kind: 'loan_granted',
      credit_code: enterprise?.credit_code ?? '',
      enterprise_name: '虚构灯具厂',
      ...(filing !== '' && { filing_number: filing }),
      product: rest.product ?? '数字贷',
      amount,
      annual_rate: rest.rate ?? '0.0370',
      day_count: 'ACT/360',
      settlement: 'quarterly',
      matures_on: '2027-06-15',
      account_number: '6220000000000000001',
      account_name: '虚构灯具厂',
      account_bank_code: '900100000017',
    },
    { ...common, message_id: `${receipt}-D`, kind: 'drawdown', amount },
  ])
}

function send(bank_code: string, messages: BankMessage[], on?: string): SentMessage[] {
  return messages.map(message => ({ bank_code, sent_on: on ?? message.occurred_on, message }))
}

function settled(receipt: string, from: string, to: string, due: string, paid = due, id = ''): SentMessage[] {
  const message = {
    message_id: `${receipt}-S${to}${id}`,
    kind: 'interest_settled' as const,
    loan_receipt: receipt,
    occurred_on: to,
    period_from: from,
    interest_due: due,
    interest_paid: paid,
    penalty_paid: '0.00',
  }
  return send(bank?.code ?? '', [message])
}

const firstQuarter = settled('L-1', '2022-06-15', '2022-09-21', '100722.22')

interface Given {
  readonly filings?: readonly Partial<WorldFiling>[]
  readonly enterprise?: Partial<World['enterprises'][number]>
  readonly policy?: Partial<Policy>
}

function worldWith({ filings = [{}], policy = {}, ...given }: Given): World {
  return {
    ...base,
    enterprises: [{ ...enterpriseOf(), status: '存续', dishonest: false, ...given.enterprise }],
    filings: filings.map(filing => ({ ...sound, ...filing })),
    policy: { ...FULL_INTEREST, ...policy },
  }
}

function enterpriseOf() {
  if (!enterprise) throw new Error('no enterprise')
  return enterprise
}

function paid(messages: readonly SentMessage[], given: Given = {}, ...days: string[]): string {
  const [first = '2030-01-01', ...others] = days
  return formatYuan(expectPayments(worldWith(given), messages, [first, ...others]).total_fen)
}

suite('what the programme should pay', () => {
  test('the whole interest of a sound loan', () => {
    assert.equal(paid([...loan({}), ...firstQuarter]), '100722.22')
  })

  const nothing: readonly [why: string, messages: SentMessage[], given: Given][] = [
    ['the bank does not cooperate', loan({ from: strangeBank.code }), {}],
    ['the bank began to cooperate after the grant', loan({ from: lateBank.code }), {}],
    ['the loan names no filing', loan({ filing: '' }), {}],
    ['the filing is not known', loan({ filing: 'F-9' }), {}],
    ['the filing was revoked', loan({}), { filings: [{ state: 'revoked' }] }],
    ['the filing is another enterprise’s', loan({}), { filings: [{ credit_code: '91440299MA00000000' }] }],
    ['there is no approval number', loan({}), { filings: [{ approval_number: null }] }],
    ['the site is outside the city', loan({}), { filings: [{ site_in_city: false }] }],
    ['the site is not known', loan({}), { filings: [{ site_in_city: null }] }],
    ['no contract is signed', loan({}), { filings: [{ contract_signed_on: null }] }],
    ['the product is of another kind', loan({ product: '流动资金贷款' }), {}],
    ['the enterprise is struck off', loan({}), { enterprise: { status: '吊销' } }],
    ['the enterprise is a dishonest debtor', loan({}), { enterprise: { dishonest: true } }],
    ['nobody knows whether it is', loan({}), { enterprise: { dishonest: null } }],
    ['the filing had lapsed the day before', loan({}), { filings: [{ filed_on: '2021-12-14' }] }],
    [
      'it is the third project in force',
      loan({}),
      { filings: [{}, { filing_number: 'E-1' }, { filing_number: 'E-2', filed_on: '2022-04-30' }] },
    ],
    ['civil works use up the investment', loan({}), { filings: [{ civil_works: '100000000.00' }] }],
  ]
  for (const [why, messages, given] of nothing) {
    test(`nothing where ${why}`, () => {
      const settlement = firstQuarter.map(sent => ({ ...sent, bank_code: messages[0]?.bank_code ?? '' }))
      assert.equal(paid([...messages, ...settlement], given), '0.00')
    })
  }

  test('a loan drawn on the very day on which the filing lapses is in time, at the end of a short month too', () => {
    assert.equal(paid([...loan({}), ...firstQuarter], { filings: [{ filed_on: '2021-12-15' }] }), '100722.22')
    const drawn = loan({ drawn: '2023-02-28' })
    const quarter = settled('L-1', '2023-02-28', '2023-03-21', '21583.33')
    assert.equal(paid([...drawn, ...quarter], { filings: [{ filed_on: '2022-08-31' }] }), '21583.33')
    assert.equal(paid([...drawn, ...quarter], { filings: [{ filed_on: '2022-08-27' }] }), '0.00')
  })

  test('completed and revoked projects take no place among the two in force', () => {
    const filings = [{}, { filing_number: 'E-1', state: 'completed' as const }, { filing_number: 'E-2' }]
    assert.equal(paid([...loan({}), ...firstQuarter], { filings }), '100722.22')
  })

  test('only interest on the verified investment, civil works out', () => {
    const filings = [{ verified_investment: '8000000.00', civil_works: '3000000.00' }]
    assert.equal(paid([...loan({}), ...firstQuarter], { filings }), '50361.11')
  })

  test('a second loan of the same filing has what the first one leaves', () => {
    const filings = [{ verified_investment: '15000000.00' }]
    const second = [
      ...loan({ receipt: 'L-0', drawn: '2022-06-16' }),
      ...settled('L-0', '2022-06-16', '2022-09-21', '99694.44'),
    ]
    assert.equal(
      paid([...loan({}), ...firstQuarter, ...second], { filings }),
      formatYuan(10072222n + 4984722n),
    )
  })

  test('interest before the policy and after it is not covered', () => {
    const early = loan({ drawn: '2022-05-01' })
    const quarter = settled('L-1', '2022-05-01', '2022-06-21', '52416.67')
    assert.equal(paid([...early, ...quarter]), formatYuan(4213889n)) // 41 of 51 days
    const last = settled('L-1', '2025-12-21', '2026-03-21', '92500.00')
    const policy = { years_max: 9 }
    assert.equal(paid([...loan({}), ...last], { policy }), '11305.56') // eleven days, 31 December counted
  })

  test('interest after three years from the first drawdown is not covered', () => {
    const quarter = settled('L-1', '2025-03-21', '2025-06-21', '94555.56')
    assert.equal(paid([...loan({}), ...quarter]), '88388.89') // 86 days, to 15 June
  })

  test('interest that was not paid is not covered until it is', () => {
    const unpaid = settled('L-1', '2022-06-15', '2022-09-21', '100722.22', '40000.00')
    assert.equal(paid([...loan({}), ...unpaid]), '40000.00')
    const madeUp = [
      ...send(
        bank.code,
        [
          {
            message_id: 'V',
            kind: 'reversal',
            loan_receipt: 'L-1',
            occurred_on: '2022-10-10',
            reverses: 'L-1-S2022-09-21',
          },
        ],
        '2022-10-10',
      ),
      ...settled('L-1', '2022-06-15', '2022-09-21', '100722.22', '100722.22', '-2').map(sent => ({
        ...sent,
        sent_on: '2022-10-10',
      })),
    ]
    assert.equal(paid([...loan({}), ...unpaid, ...madeUp], {}, '2022-09-30'), '40000.00')
    assert.equal(paid([...loan({}), ...unpaid, ...madeUp], {}, '2022-10-10'), '100722.22')
  })

  test('an overdue loan is paid nothing more, keeps what it has, and is paid the rest when it is cured', () => {
    const story = [
      ...loan({}),
      ...firstQuarter,
      ...send(bank.code, [
        { message_id: 'O', kind: 'overdue', loan_receipt: 'L-1', occurred_on: '2022-12-22', amount: '1.00' },
        { message_id: 'C', kind: 'cured', loan_receipt: 'L-1', occurred_on: '2023-01-20' },
      ]),
      ...settled('L-1', '2022-09-21', '2022-12-21', '93527.78'),
    ]
    assert.equal(paid(story, {}, '2022-12-31'), '0.00')
    assert.equal(paid(story, {}, '2022-09-30', '2022-12-31'), '100722.22')
    assert.equal(paid(story, {}, '2022-09-30', '2022-12-31', '2023-03-31'), '194250.00')
  })

  test('31.2 million yuan of interest in a year are paid as 30, and the rest not in the next', () => {
    const amount = '3200000000.00'
    const due = ['16000000.00', '8000000.00', '7200000.00', '5000000.00']
    const filings = [{ verified_investment: amount }]
    const policy = { interest_tolerance: '1000000000.00' }
    const story = [
      ...loan({ amount, rate: '0.05', drawn: '2022-05-20' }),
      ...settled('L-1', '2022-05-20', '2022-06-30', due[0] ?? ''),
      ...settled('L-1', '2022-06-30', '2022-09-21', due[1] ?? ''),
      ...settled('L-1', '2022-09-21', '2022-12-21', due[2] ?? ''),
      ...settled('L-1', '2022-12-21', '2023-03-21', due[3] ?? ''),
    ]
    const expected = expectPayments(worldWith({ filings, policy }), story, ['2023-12-31'])
    assert.deepEqual(
      expected.claims.map(({ payable_fen }) => formatYuan(payable_fen)),
      ['16000000.00', '8000000.00', '6000000.00', '5000000.00'],
    )
  })

  test('a schedule by the year of the loan: 90, 80 and 70 per cent', () => {
    const policy = { subsidy_rates: ['0.9', '0.8', '0.7'] }
    const messages = [
      ...loan({ amount: '5000000.00', rate: '0.0435', drawn: '2022-06-21' }),
      ...settled('L-1', '2022-06-21', '2023-06-21', '220520.83'),
      ...settled('L-1', '2023-06-21', '2024-06-20', '220520.83'),
      ...settled('L-1', '2024-06-21', '2025-06-21', '220520.83'),
    ]
    const expected = expectPayments(worldWith({ policy }), messages, ['2026-01-01'])
    assert.deepEqual(
      expected.claims.map(({ payable_fen }) => formatYuan(payable_fen)),
      ['198468.75', '176416.66', '154364.58'],
    )
  })

  test('a settlement that disagrees with the balances waits until the bank has corrected it', () => {
    const wrong = settled('L-1', '2022-06-15', '2022-09-21', '110722.22')
    assert.equal(paid([...loan({}), ...wrong]), '0.00')
    const off = settled('L-1', '2022-06-15', '2022-09-21', '100722.23')
    assert.equal(paid([...loan({}), ...off]), '100722.22')
  })
})
