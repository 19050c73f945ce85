import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatYuan, parseYuan } from '../platform/money.ts'
import { type BalanceEvent, balanceSegments } from './balance-segments.ts'

type Row = [id: string, kind: string, day: string, amountOrRate: string, reverses?: string]

function events(rows: readonly Row[]): BalanceEvent[] {
  return rows.map(([id, kind, occurred_on, value, reverses]) => ({
    id,
    kind,
    occurred_on,
    amount_fen: kind === 'rate_change' || value === '' ? null : parseYuan(value),
    annual_rate: kind === 'rate_change' ? value : null,
    reverses_id: reverses ?? null,
  }))
}

function schedule(rows: readonly Row[], from: string, to: string) {
  return balanceSegments(events(rows), '0.0370', from, to).map(segment => [
    segment.from,
    segment.to,
    formatYuan(segment.principalFen),
    segment.annualRate,
  ])
}

suite('the balance of a loan, day by day', () => {
  test('begins with the first drawdown and follows what happens', () => {
    const story: Row[] = [
      ['a', 'drawdown', '2022-06-15', '5000000.00'],
      ['b', 'drawdown', '2022-07-01', '3000000.00'],
      ['c', 'rate_change', '2022-08-22', '0.0365'],
      ['d', 'overdue', '2022-08-25', '10000.00'],
      ['e', 'early_repayment', '2022-09-01', '2000000.00'],
      ['f', 'repayment', '2022-10-10', '6000000.00'],
    ]
    assert.deepEqual(schedule(story, '2022-06-01', '2022-12-21'), [
      ['2022-06-15', '2022-07-01', '5000000.00', '0.0370'],
      ['2022-07-01', '2022-08-22', '8000000.00', '0.0370'],
      ['2022-08-22', '2022-09-01', '8000000.00', '0.0365'],
      ['2022-09-01', '2022-10-10', '6000000.00', '0.0365'],
    ])
  })

  test('carries what happened before the period into it, and nothing after it', () => {
    const story: Row[] = [
      ['a', 'drawdown', '2022-01-05', '100.00'],
      ['b', 'rate_change', '2022-02-01', '0.0355'],
      ['c', 'repayment', '2022-06-21', '100.00'],
    ]
    assert.deepEqual(schedule(story, '2022-03-21', '2022-06-21'), [
      ['2022-03-21', '2022-06-21', '100.00', '0.0355'],
    ])
  })

  test('leaves a gap while nothing is owed', () => {
    const story: Row[] = [
      ['a', 'drawdown', '2022-03-21', '100.00'],
      ['b', 'repayment', '2022-04-01', '100.00'],
      ['c', 'drawdown', '2022-05-01', '50.00'],
    ]
    assert.deepEqual(schedule(story, '2022-03-21', '2022-06-21'), [
      ['2022-03-21', '2022-04-01', '100.00', '0.0370'],
      ['2022-05-01', '2022-06-21', '50.00', '0.0370'],
    ])
  })

  test('an event and its reversal count for nothing, and the corrected one takes their place', () => {
    const story: Row[] = [
      ['a', 'drawdown', '2022-03-21', '100.00'],
      ['b', 'repayment', '2022-04-01', '70.00'],
      ['c', 'repayment', '2022-04-01', '70.00', 'b'],
      ['d', 'repayment', '2022-05-01', '40.00'],
    ]
    assert.deepEqual(schedule(story, '2022-03-21', '2022-06-21'), [
      ['2022-03-21', '2022-05-01', '100.00', '0.0370'],
      ['2022-05-01', '2022-06-21', '60.00', '0.0370'],
    ])
  })

  test('takes the changes of one day together: the order of the messages does not matter', () => {
    const story: Row[] = [
      ['b', 'repayment', '2022-04-01', '100.00'],
      ['a', 'drawdown', '2022-03-21', '60.00'],
      ['c', 'drawdown', '2022-04-01', '40.00'],
    ]
    assert.deepEqual(schedule(story, '2022-03-21', '2022-06-21'), [
      ['2022-03-21', '2022-04-01', '60.00', '0.0370'],
    ])
  })

  test('an exchange of principal on one day does not cut the segment', () => {
    const story: Row[] = [
      ['a', 'drawdown', '2022-03-21', '60.00'],
      ['b', 'repayment', '2022-04-01', '60.00'],
      ['c', 'drawdown', '2022-04-01', '60.00'],
    ]
    assert.deepEqual(schedule(story, '2022-03-21', '2022-06-21'), [
      ['2022-03-21', '2022-06-21', '60.00', '0.0370'],
    ])
  })

  test('the later of two rate changes of one day stands', () => {
    const story: Row[] = [
      ['a', 'drawdown', '2022-03-21', '60.00'],
      ['b', 'rate_change', '2022-04-01', '0.0360'],
      ['c', 'rate_change', '2022-04-01', '0.0350'],
    ]
    assert.equal(schedule(story, '2022-03-21', '2022-06-21').at(-1)?.[3], '0.0350')
  })

  test('refuses a loan of which more was repaid than drawn, and names the day', () => {
    const story: Row[] = [
      ['a', 'drawdown', '2022-03-21', '60.00'],
      ['b', 'repayment', '2022-04-01', '60.01'],
    ]
    assert.throws(() => schedule(story, '2022-03-21', '2022-06-21'), {
      code: 'loan.repaid-more-than-drawn',
      value: '2022-04-01',
    })
  })
})
