import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatYuan, parseYuan, roundHalfUp } from '../platform/money.ts'
import { balanceSegments } from './balance-segments.ts'
import { countDays, type DayCount, formatExactYuan, interestDue } from './interest.ts'

function constant(principal: string, annualRate: string, from: string, to: string) {
  return [{ from, to, principalFen: parseYuan(principal), annualRate }]
}

function interest(principal: string, rate: string, from: string, to: string, dayCount: DayCount): string {
  return formatYuan(interestDue(constant(principal, rate, from, to), dayCount).fen)
}

/** Facts 5.1: 10,000,000.00 yuan at 3.70 %. */
const SCHEDULE = [
  // from, to, days, ACT/360, ACT/365
  ['2022-06-15', '2022-06-21', 6, '6166.67', '6082.19'],
  ['2022-06-21', '2022-09-21', 92, '94555.56', '93260.27'],
  ['2022-09-21', '2022-12-21', 91, '93527.78', '92246.58'],
  ['2022-12-21', '2023-03-21', 90, '92500.00', '91232.88'],
  ['2023-03-21', '2023-06-15', 86, '88388.89', '87178.08'],
] as const

suite('interest of a settlement period', () => {
  for (const [from, to, days, act360, act365] of SCHEDULE) {
    test(`counts ${days} days from ${from} to ${to}: ${act360} by 360, ${act365} by 365`, () => {
      assert.equal(countDays(from, to, 'ACT/360'), days)
      assert.equal(interest('10000000.00', '0.0370', from, to, 'ACT/360'), act360)
      assert.equal(interest('10000000.00', '0.0370', from, to, 'ACT/365'), act365)
    })
  }

  test('counts the 29th of February of a leap year', () => {
    assert.equal(interest('10000000.00', '0.0370', '2023-12-21', '2024-03-21', 'ACT/360'), '93527.78')
  })

  test('a year of settlements adds up to 375,138.90, one fen more than the year rounded once', () => {
    const bySettlement = SCHEDULE.reduce((sum, row) => sum + parseYuan(row[3]), 0n)
    assert.equal(formatYuan(bySettlement), '375138.90')
    assert.equal(interest('10000000.00', '0.0370', '2022-06-15', '2023-06-15', 'ACT/360'), '375138.89')
    assert.equal(interest('10000000.00', '0.0370', '2022-06-15', '2023-06-15', 'ACT/365'), '370000.00')
  })

  test('follows a repayment and a rate change within the period, and rounds once at settlement', () => {
    const segments = balanceSegments(
      [
        event('drawdown', '2022-09-21', '5000000.00'),
        event('repayment', '2022-11-10', '1000000.00'),
        { ...event('rate_change', '2022-12-01'), annual_rate: '0.0355' },
      ],
      '0.0365',
      '2022-09-21',
      '2022-12-21',
    )
    const due = interestDue(segments, 'ACT/360')
    assert.deepEqual(
      due.steps.map(step => [
        step.from,
        step.to,
        step.days,
        formatYuan(step.principalFen),
        step.annualRate,
        formatExactYuan(step.exact),
      ]),
      [
        ['2022-09-21', '2022-11-10', 50, '5000000.00', '0.0365', '25347.2222'],
        ['2022-11-10', '2022-12-01', 21, '4000000.00', '0.0365', '8516.6667'],
        ['2022-12-01', '2022-12-21', 20, '4000000.00', '0.0355', '7888.8889'],
      ],
    )
    assert.equal(formatYuan(due.fen), '41752.78')
    assert.equal(formatYuan(due.steps.reduce((sum, step) => sum + roundHalfUp(step.exact), 0n)), '41752.78')
  })

  test('rounding each leg first gives another amount where the halves add up', () => {
    // 20 days of 1.00 yuan at 9 % are half a fen, 40 days a whole one.
    const legs = [
      ...constant('1.00', '0.0900', '2022-06-21', '2022-07-11'),
      ...constant('1.00', '0.0900', '2022-07-11', '2022-07-31'),
    ]
    const due = interestDue(legs, 'ACT/360')
    assert.equal(due.fen, 1n)
    assert.equal(
      due.steps.reduce((sum, step) => sum + roundHalfUp(step.exact), 0n),
      2n,
    )
  })

  test('pays 90, 80 and 70 per cent of a yearly interest rounded first (Jiangmen)', () => {
    const year = interestDue(constant('5000000.00', '0.0435', '2022-01-01', '2023-01-01'), 'ACT/360').fen
    assert.equal(formatYuan(year), '220520.83')
    const paid = [90n, 80n, 70n].map(percent =>
      formatYuan(roundHalfUp({ numerator: year * percent, denominator: 100n })),
    )
    assert.deepEqual(paid, ['198468.75', '176416.66', '154364.58'])
  })

  test('takes the order of segments at its word and refuses an overlap', () => {
    const overlap = [
      ...constant('1.00', '0.03', '2022-01-01', '2022-02-01'),
      ...constant('1.00', '0.03', '2022-01-31', '2022-03-01'),
    ]
    assert.throws(() => interestDue(overlap, 'ACT/360'), { code: 'interest.segments-overlap' })
    assert.throws(() => interestDue(constant('1.00', '0.03', '2022-02-01', '2022-02-01'), 'ACT/360'), {
      code: 'interest.segments-overlap',
    })
  })
})

suite('30/360 counts every month as 30 days (30E/360)', () => {
  const table = [
    // from, to, days
    ['2022-06-21', '2022-09-21', 90],
    ['2022-12-21', '2023-03-21', 90],
    ['2022-01-01', '2023-01-01', 360],
    ['2022-01-30', '2022-01-31', 0],
    ['2022-01-31', '2022-02-28', 28],
    ['2022-02-28', '2022-03-01', 3],
    ['2024-02-28', '2024-02-29', 1],
    ['2024-02-29', '2024-03-01', 2],
    ['2022-08-15', '2022-08-31', 15],
    ['2022-08-31', '2022-10-31', 60],
  ] as const
  for (const [from, to, days] of table) {
    test(`${days} days from ${from} to ${to}`, () => assert.equal(countDays(from, to, '30/360'), days))
  }

  test('a full quarter of 10,000,000.00 at 3.70 % is 92,500.00 whatever its days', () => {
    for (const [from, to] of [
      ['2022-06-21', '2022-09-21'],
      ['2023-12-21', '2024-03-21'],
    ] as const) {
      assert.equal(interest('10000000.00', '0.0370', from, to, '30/360'), '92500.00')
    }
  })
})

suite('the eligible part of the interest', () => {
  const segments = constant('5000000.00', '0.0365', '2022-09-21', '2022-12-21')
  const table = [
    // subsidyFrom, subsidyTo, cap, days, interest
    [null, null, null, 91, '46131.94'],
    ['2022-10-01', null, null, 81, '41062.50'],
    [null, '2022-12-01', null, 71, '35993.06'],
    ['2022-10-01', '2022-12-01', '4000000.00', 61, '24738.89'],
    [null, null, '6000000.00', 91, '46131.94'],
    [null, null, '0.00', 0, '0.00'],
    ['2022-12-21', null, null, 0, '0.00'],
    [null, '2022-09-21', null, 0, '0.00'],
  ] as const
  for (const [subsidyFrom, subsidyTo, cap, days, expected] of table) {
    const window = `from ${subsidyFrom ?? 'the start'} to ${subsidyTo ?? 'the end'}`
    test(`${window}, on at most ${cap ?? 'the balance'}: ${days} days, ${expected}`, () => {
      const principalCapFen = cap === null ? null : parseYuan(cap)
      const due = interestDue(segments, 'ACT/360', { subsidyFrom, subsidyTo, principalCapFen })
      assert.equal(formatYuan(due.fen), expected)
      assert.equal(
        due.steps.reduce((sum, step) => sum + step.days, 0),
        days,
      )
    })
  }

  test('the explanation shows the balance beside the principal that counted', () => {
    const [step] = interestDue(segments, 'ACT/360', { principalCapFen: parseYuan('3000000.00') }).steps
    assert.equal(step?.principalFen, parseYuan('3000000.00'))
    assert.equal(step?.balanceFen, parseYuan('5000000.00'))
  })
})

test('an exact amount is written with as many places as are asked for', () => {
  assert.equal(formatExactYuan({ numerator: 1n, denominator: 3n }), '0.0033')
  assert.equal(formatExactYuan({ numerator: -200n, denominator: 3n }, 6), '-0.666667')
  assert.equal(formatExactYuan({ numerator: 12_345_678n, denominator: 1n }, 2), '123456.78')
})

function event(kind: string, occurred_on: string, amount?: string) {
  return {
    id: `${kind} ${occurred_on}`,
    kind,
    occurred_on,
    amount_fen: amount === undefined ? null : parseYuan(amount),
    annual_rate: null,
    reverses_id: null,
  }
}
