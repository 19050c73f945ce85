import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Fields, loanStory, unreliable } from '../../../../test/bank-stories.ts'
import { decideReceipt, type ReceiptMessage } from './decide-receipt.ts'
import { readBankMessage } from './read-bank-message.ts'

const CODES = ['91442000MA00000A91', '91442000MA00000B7U']

function received(fields: Fields): ReceiptMessage {
  const messageId = fields.message_id ?? ''
  const { message, problem } = readBankMessage(fields)
  return problem
    ? { id: `our-${messageId}`, messageId, refused: problem }
    : { id: `our-${messageId}`, messageId, message }
}

const withoutRepeats = (delivered: readonly Fields[]) => [
  ...new Map(delivered.map(fields => [fields.message_id, fields])).values(),
]

/** Each message's standing by the bank's identifier, as `outcome` or `outcome code`. */
function standings(...messages: Fields[]): Record<string, string> {
  const decision = decideReceipt(messages.map(received))
  return Object.fromEntries(
    [...decision.standings].map(([id, standing]) => [
      id.slice('our-'.length),
      'problem' in standing ? `${standing.outcome} ${standing.problem.code}` : standing.outcome,
    ]),
  )
}

test('in whatever order a bank’s messages come, the truth stands, mistakes are reversed and nothing waits', () => {
  fc.assert(
    fc.property(
      loanStory('L-1', CODES).chain(story => fc.tuple(fc.constant(story), unreliable(story.sent))),
      ([story, delivered]) => {
        const decision = decideReceipt(withoutRepeats(delivered).map(received))
        const applied = [...decision.standings].filter(([, { outcome }]) => outcome === 'applied')
        const truth = [story.grant, ...story.events].map(fields => `our-${fields.message_id}`)
        const events = applied.map(([id]) => id).filter(id => !id.endsWith(':r'))
        assert.deepEqual(events.sort(), truth.sort())
        assert.equal(decision.grantId, `our-${story.grant.message_id}`)
        for (const [id, standing] of decision.standings) {
          if (id.endsWith(':wrong')) assert.deepEqual(standing, { outcome: 'reversed', by: `${id}:r` })
          else assert.equal(standing.outcome, 'applied')
        }
      },
    ),
    { numRuns: 1000 },
  )
})

const loan = (fields: Fields): Fields => ({ loan_receipt: 'L-1', occurred_on: '2022-09-01', ...fields })
const granted = (message_id: string, further: Fields = {}) =>
  loan({
    message_id,
    kind: 'loan_granted',
    occurred_on: '2022-06-15',
    credit_code: '91442000MA00000A91',
    enterprise_name: '甲',
    filing_number: 'F-1',
    product: '数字贷',
    amount: '1000000.00',
    annual_rate: '0.0370',
    day_count: 'ACT/360',
    settlement: 'quarterly',
    matures_on: '2025-06-14',
    account_number: '99001234567',
    account_name: '甲',
    account_bank_code: '102100099996',
    ...further,
  })
const drawdown = (message_id: string, further: Fields = {}) =>
  loan({ message_id, kind: 'drawdown', amount: '600000.00', ...further })
const settled = (message_id: string, further: Fields = {}) =>
  loan({
    message_id,
    kind: 'interest_settled',
    period_from: '2022-06-21',
    occurred_on: '2022-09-21',
    interest_due: '10.00',
    interest_paid: '10.00',
    penalty_paid: '0',
    ...further,
  })
const reversal = (message_id: string, reverses: string) => loan({ message_id, kind: 'reversal', reverses })

const table: [string, Fields[], Record<string, string>][] = [
  ['an event waits for its loan', [drawdown('d')], { d: 'waiting loan.not-reported' }],
  [
    'a loan brings the events that waited for it',
    [drawdown('d'), granted('g')],
    { d: 'applied', g: 'applied' },
  ],
  [
    'a repayment above the balance is taken: its drawdown may be on its way',
    [granted('g'), loan({ message_id: 'p', kind: 'repayment', amount: '999.00' })],
    { g: 'applied', p: 'applied' },
  ],
  [
    'two drawdowns above the contract together are taken, one alone waits',
    [granted('g'), drawdown('a'), drawdown('b'), drawdown('c', { amount: '1000000.01' })],
    { g: 'applied', a: 'applied', b: 'applied', c: 'waiting loan.drawdown-above-contract' },
  ],
  [
    'what happened before the grant waits for a corrected contract',
    [
      granted('g'),
      drawdown('d', { occurred_on: '2022-06-14' }),
      reversal('r', 'g'),
      granted('h', { occurred_on: '2022-06-01' }),
    ],
    { g: 'reversed', r: 'applied', h: 'applied', d: 'applied' },
  ],
  [
    'a period is settled once, and overlapping ones wait',
    [
      granted('g'),
      settled('s'),
      settled('t'),
      settled('u', { period_from: '2022-09-20', occurred_on: '2022-12-21' }),
    ],
    {
      g: 'applied',
      s: 'applied',
      t: 'waiting loan.period-already-settled',
      u: 'waiting loan.period-already-settled',
    },
  ],
  [
    'the period that follows is another',
    [granted('g'), settled('s'), settled('t', { period_from: '2022-09-21', occurred_on: '2022-12-21' })],
    { g: 'applied', s: 'applied', t: 'applied' },
  ],
  [
    'a settlement that waited is applied when the one it collides with is reversed',
    [granted('g'), settled('s'), settled('t'), reversal('r', 's')],
    { g: 'applied', s: 'reversed', t: 'applied', r: 'applied' },
  ],
  ['a waiting message can be reversed', [drawdown('d'), reversal('r', 'd')], { d: 'reversed', r: 'applied' }],
  [
    'a reversal waits for the message that it takes back',
    [reversal('r', 'd')],
    { r: 'waiting loan.reverses-unknown' },
  ],
  [
    'a message is reversed once',
    [granted('g'), drawdown('d'), reversal('r', 'd'), reversal('q', 'd')],
    { g: 'applied', d: 'reversed', r: 'applied', q: 'refused loan.already-reversed' },
  ],
  [
    'a reversal is not reversed',
    [granted('g'), drawdown('d'), reversal('r', 'd'), reversal('q', 'r')],
    { g: 'applied', d: 'reversed', r: 'applied', q: 'refused loan.reverses-reversal' },
  ],
  ['nor is it itself', [reversal('r', 'r')], { r: 'refused loan.reverses-reversal' }],
  [
    'a refused message leaves nothing to reverse',
    [granted('g'), drawdown('d', { amount: '0' }), reversal('r', 'd')],
    { g: 'applied', d: 'refused bank.field-malformed', r: 'refused loan.reverses-refused' },
  ],
  [
    'a second contract of the same receipt waits for the first to be reversed',
    [granted('g'), granted('h')],
    { g: 'applied', h: 'waiting loan.already-granted' },
  ],
  [
    'events wait again while a contract is taken back and not yet reported anew',
    [granted('g'), drawdown('d'), reversal('r', 'g')],
    { g: 'reversed', d: 'waiting loan.not-reported', r: 'applied' },
  ],
]

for (const [name, messages, expected] of table) {
  test(name, () => assert.deepEqual(standings(...messages), expected))
}

test('a reversal that names another loan’s message is refused', () => {
  const decision = decideReceipt([received(reversal('r', 'x'))], new Set(['x']))
  const standing = decision.standings.get('our-r')
  assert.ok(standing && 'problem' in standing)
  assert.equal(standing.problem.code, 'loan.reverses-another-loan')
})
