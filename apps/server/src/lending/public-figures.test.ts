import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { newlyPublishable, type QuarterFigures, shownFen } from './public-figures.ts'

const rules = { enterprisesMin: 5, errorMin: 0.2 }
const quarter = (changes: Partial<QuarterFigures> = {}): QuarterFigures => ({
  quarter: '2022Q3',
  enterprises: 12,
  loans: 15,
  interestFen: 120_000_000n,
  claims: 15,
  days: 300,
  payments: 12,
  largestFen: 20_000_000n,
  secondFen: 10_000_000n,
  ...changes,
})
const publishes = (figures: QuarterFigures, payments?: number) =>
  newlyPublishable([figures], new Map(payments === undefined ? [] : [[figures.quarter, { payments }]]), rules)
    .length === 1

describe('a figure of a quarter', () => {
  const table: readonly (readonly [string, QuarterFigures, number | undefined, boolean])[] = [
    ['of enough enterprises is published', quarter(), undefined, true],
    ['of five is just enough', quarter({ enterprises: 5, payments: 5 }), undefined, true],
    ['of four is withheld', quarter({ enterprises: 4, payments: 9 }), undefined, false],
    [
      'that lets the second guess the first no nearer than a fifth is published',
      quarter({ largestFen: 90_000_000n, secondFen: 12_000_000n }),
      undefined,
      true,
    ],
    [
      'that lets the second come nearer is withheld',
      quarter({ largestFen: 90_000_000n, secondFen: 12_000_001n }),
      undefined,
      false,
    ],
    ['stands while four more payments would show in the difference', quarter({ payments: 16 }), 12, false],
    ['is replaced when five more were made', quarter({ payments: 17 }), 12, true],
    ['is not replaced where nothing was paid', quarter(), 12, false],
    ['is replaced when many payments came back', quarter({ payments: 12 }), 20, true],
  ]
  for (const [name, figures, before, expected] of table) {
    it(name, () => assert.equal(publishes(figures, before), expected))
  }

  it('never tells of one enterprise by the difference of two publications, however payments come in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 30 }), steps => {
        let payments = 0
        let published: number | undefined
        for (const step of steps) {
          payments += step
          if (!publishes(quarter({ enterprises: payments, payments }), published)) continue
          assert.ok(payments - (published ?? 0) >= rules.enterprisesMin)
          published = payments
        }
      }),
    )
  })
})

it('money is shown to 10,000 yuan, half up', () => {
  assert.deepEqual([0n, 499_999n, 500_000n, 1_499_999n, 123_456_789n].map(shownFen), [
    0n,
    0n,
    1_000_000n,
    1_000_000n,
    123_000_000n,
  ])
})
