import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { dayOfMonth } from './calendar.ts'
import type { SentMessage } from './messages.ts'
import { claimsAsOf } from './model/claims.ts'
import { parseYuan } from './money.ts'
import { groupBy } from './order.ts'
import { planLoans } from './story/plan.ts'
import type { Reckoning } from './story/reckoning.ts'
import { endOfQuarters, tellStory } from './story.ts'
import { fictionalWorld } from './testing/fictional-world.ts'
import { parseWorld } from './world.ts'

const world = fictionalWorld(1, 450)
const story = tellStory(world, { loans: 600, quarters: 16 })
const ofKind = <K extends SentMessage['message']['kind']>(kind: K) =>
  story.messages.filter((sent): sent is SentMessage & { message: { kind: K } } => sent.message.kind === kind)

suite('the story', () => {
  test('is the same, byte for byte, for the same seed, and another for another', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), seed => {
        const told = () => JSON.stringify(tellStory(fictionalWorld(seed, 20), { loans: 30, quarters: 3 }))
        assert.equal(told(), told())
      }),
      { numRuns: 10 },
    )
    assert.notDeepEqual(
      tellStory({ ...world, seed: 2 }, { loans: 600, quarters: 16 }).messages,
      story.messages,
    )
  })

  test('survives the journey through a file', () => {
    const read = parseWorld(JSON.parse(JSON.stringify(world)))
    assert.deepEqual(tellStory(read, { loans: 600, quarters: 16 }), story)
  })

  test('begins like a longer one', () => {
    const short = tellStory(world, { loans: 600, quarters: 4 })
    assert.deepEqual(
      short.messages,
      story.messages.filter(({ sent_on }) => sent_on <= short.ends_on),
    )
  })

  test('ends on a quarterly settlement day', () => {
    assert.equal(endOfQuarters('2022-05-11', 1), '2022-06-21')
    assert.equal(endOfQuarters('2022-05-11', 4), '2023-03-21')
    assert.equal(endOfQuarters('2022-06-21', 1), '2022-09-21')
  })

  test('has everything in it that can happen to a loan', () => {
    for (const kind of [
      'loan_granted',
      'drawdown',
      'repayment',
      'early_repayment',
      'rate_change',
      'extension',
      'overdue',
      'cured',
      'refinanced',
      'interest_settled',
      'reversal',
    ] as const) {
      assert.ok(ofKind(kind).length > 0, kind)
    }
    const granted = ofKind('loan_granted').map(({ message }) => message)
    assert.deepEqual(
      new Set(granted.map(({ day_count }) => day_count)),
      new Set(['ACT/360', 'ACT/365', '30/360']),
    )
    assert.ok(granted.some(({ filing_number }) => filing_number === undefined))
    assert.ok(granted.some(({ product }) => product !== world.policy.product))
    assert.ok(granted.some(({ settlement }) => settlement === 'monthly'))
    assert.ok(ofKind('interest_settled').some(({ message }) => parseYuan(message.penalty_paid) > 0n))
    assert.ok(story.faulty_accounts.size > 0)
    assert.equal(granted.length, 600)
  })

  test('has an enterprise whose interest exceeds the yearly cap', () => {
    const claims = claimsAsOf(world, story.messages, story.ends_on)
    const wanted = new Map<string, bigint>()
    for (const claim of claims.filter(({ answer }) => answer === 'eligible')) {
      const key = `${claim.credit_code} ${claim.period_to.slice(0, 4)}`
      wanted.set(key, (wanted.get(key) ?? 0n) + claim.interest_eligible_fen)
    }
    assert.ok([...wanted.values()].some(fen => fen > parseYuan(world.policy.yearly_cap)))
  })

  test('never speaks of a loan before granting it, nor under the same identifier twice', () => {
    const granted = new Set<string>()
    const ids = new Set<string>()
    for (const { bank_code, message } of story.messages) {
      if (message.kind === 'loan_granted') granted.add(message.loan_receipt)
      assert.ok(granted.has(message.loan_receipt), message.message_id)
      assert.ok(!ids.has(`${bank_code} ${message.message_id}`), message.message_id)
      assert.match(message.message_id, /^[A-Za-z0-9._:-]{1,64}$/)
      ids.add(`${bank_code} ${message.message_id}`)
    }
  })

  test('says only what the contract of the bank API allows', () => {
    for (const { message } of story.messages) {
      const fields = new Map<string, string>(Object.entries(message))
      const fits = (name: string, form: RegExp) => {
        const value = fields.get(name)
        if (value !== undefined) assert.match(value, form, `${message.message_id}: ${name}`)
      }
      fits('amount', /^(?!0+\.00$)\d{1,15}\.\d\d$/)
      fits('annual_rate', /^0\.\d{4}$/)
      fits('account_number', /^\d{8,32}$/)
      fits('loan_receipt', /^.{1,64}$/)
      if (message.kind === 'interest_settled') {
        assert.ok(message.period_from < message.occurred_on, message.message_id)
        assert.ok(parseYuan(message.interest_paid) <= parseYuan(message.interest_due), message.message_id)
      }
      if (message.kind === 'loan_granted' || message.kind === 'extension') {
        assert.ok(message.occurred_on < message.matures_on, message.message_id)
      }
    }
  })

  test('settles interest on the 21st, save where the loan is repaid or falls due', () => {
    const lastDays = new Set(
      story.messages
        .filter(({ message }) => message.kind === 'repayment' || message.kind === 'early_repayment')
        .map(({ message }) => `${message.loan_receipt} ${message.occurred_on}`),
    )
    const maturity = new Map(
      ofKind('loan_granted').map(({ message }) => [message.loan_receipt, message.matures_on]),
    )
    for (const { message } of ofKind('interest_settled')) {
      assert.ok(
        dayOfMonth(message.occurred_on) === 21 ||
          lastDays.has(`${message.loan_receipt} ${message.occurred_on}`) ||
          maturity.get(message.loan_receipt) === message.occurred_on,
        message.message_id,
      )
    }
  })
})

suite('the truth of the story', () => {
  const byLoan = groupBy(story.messages, ({ message }) => message.loan_receipt)

  test('no loan is repaid beyond what was drawn, nor drawn beyond what was granted', () => {
    for (const messages of byLoan.values()) {
      let [granted, drawn, balance] = [0n, 0n, 0n]
      for (const { message } of messages) {
        if (message.kind === 'loan_granted') granted = parseYuan(message.amount)
        if (message.kind === 'drawdown') {
          drawn += parseYuan(message.amount)
          balance += parseYuan(message.amount)
        }
        if (message.kind === 'repayment' || message.kind === 'early_repayment')
          balance -= parseYuan(message.amount)
        assert.ok(balance >= 0n && drawn <= granted, message.message_id)
      }
    }
  })

  const reckonings = new Map(
    planLoans(world, 600).map(({ loan_receipt, reckoning }) => [loan_receipt, reckoning]),
  )
  const due = new Map(
    ofKind('interest_settled').map(({ message }) => [
      `${message.loan_receipt} ${message.occurred_on}`,
      parseYuan(message.interest_due),
    ]),
  )
  const claims = claimsAsOf(world, story.messages, story.ends_on)
  const differences = (reckoning: Reckoning) =>
    claims
      .filter(claim => reckonings.get(claim.loan_receipt) === reckoning)
      .map(claim => (due.get(`${claim.loan_receipt} ${claim.period_to}`) ?? 0n) - claim.interest_computed_fen)

  test('the interest that falls due is what the model computes day by day, where a bank goes by the contract', () => {
    const agreeing = differences('by the contract')
    assert.ok(agreeing.length > 1000)
    assert.deepEqual(
      agreeing.filter(fen => fen !== 0n),
      [],
    )
  })

  test('two banks reckon a few loans in their own way: by another year, thousands off; every day, some fen', () => {
    const size = (fen: bigint) => (fen < 0n ? -fen : fen)
    const anotherYear = differences('by another year')
    const everyDay = differences('rounded every day')
    assert.ok(anotherYear.length > 0 && everyDay.length > 0)
    assert.ok(anotherYear.length + everyDay.length < claims.length / 8)
    assert.ok(anotherYear.some(fen => size(fen) > 1000_00n))
    assert.ok(everyDay.every(fen => size(fen) < 200n) && everyDay.some(fen => size(fen) > 5n))
  })

  test('what is in dispute beyond the tolerance is left open, and nothing is paid for it', () => {
    const disputed = claims.filter(({ reasons }) =>
      reasons.includes('reported and computed interest disagree'),
    )
    assert.ok(disputed.some(({ answer }) => answer === 'unknown'))
    for (const claim of disputed) {
      assert.notEqual(reckonings.get(claim.loan_receipt), 'by the contract')
      assert.ok(claim.answer === 'unknown' || claim.answer === 'ineligible', claim.loan_receipt)
      assert.equal(claim.amount_fen, 0n)
    }
  })

  test('settled periods of a loan follow one another without gap', () => {
    for (const messages of byLoan.values()) {
      const periods = messages.flatMap(({ message }) =>
        message.kind === 'interest_settled' && !message.message_id.endsWith('-2') ? [message] : [],
      )
      periods.forEach((period, index) => {
        const before = periods[index - 1]
        if (before) assert.equal(period.period_from, before.occurred_on, period.message_id)
      })
    }
  })

  test('an overdue loan that is cured owes nothing of what it had not paid', () => {
    const reversed = new Set(ofKind('reversal').map(({ message }) => message.reverses))
    const cured = new Set(ofKind('cured').map(({ message }) => message.loan_receipt))
    assert.ok(cured.size > 5)
    for (const { message } of ofKind('interest_settled')) {
      if (cured.has(message.loan_receipt) && !reversed.has(message.message_id)) {
        assert.equal(message.interest_paid, message.interest_due, message.message_id)
      }
    }
  })
})
