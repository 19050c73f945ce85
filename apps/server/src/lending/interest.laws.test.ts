import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { addDays, daysBetween } from '../platform/dates.ts'
import type { Fraction } from '../platform/money.ts'
import { type BalanceEvent, type BalanceSegment, balanceSegments } from './balance-segments.ts'
import { type DayCount, type Eligibility, interestDue } from './interest.ts'

const FROM = '2021-11-17'
const day = (n: number) => addDays(FROM, n)
const dayCount = fc.constantFrom<DayCount>('ACT/360', 'ACT/365', '30/360')
const rate = fc.integer({ min: 0, max: 200_000 }).map(n => `0.${String(n).padStart(6, '0')}`)
const segments = fc
  .array(fc.record({ days: fc.integer({ min: 1, max: 200 }), fen: fc.bigInt(0n, 10n ** 12n), rate }), {
    minLength: 1,
    maxLength: 8,
  })
  .map(parts => {
    let at = 0
    return parts.map((part): BalanceSegment => {
      const from = day(at)
      at += part.days
      return { from, to: day(at), principalFen: part.fen, annualRate: part.rate }
    })
  })

function same(a: Fraction, b: Fraction): boolean {
  return a.numerator * b.denominator === b.numerator * a.denominator
}

function sum(a: Fraction, b: Fraction): Fraction {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  }
}

function exact(parts: readonly BalanceSegment[], count: DayCount, eligible?: Eligibility): Fraction {
  return interestDue(parts, count, eligible).exact
}

/** The same segments, cut wherever one of the days falls inside. */
function cut(parts: readonly BalanceSegment[], days: readonly string[]): BalanceSegment[] {
  return days.reduce<BalanceSegment[]>(
    (all, at) =>
      all.flatMap(part =>
        part.from < at && at < part.to
          ? [
              { ...part, to: at },
              { ...part, from: at },
            ]
          : [part],
      ),
    [...parts],
  )
}

suite('laws of interest', () => {
  test('cutting a segment at any day changes nothing before rounding', () => {
    fc.assert(
      fc.property(segments, dayCount, fc.array(fc.nat(1600), { maxLength: 5 }), (parts, count, cuts) => {
        assert.ok(same(exact(parts, count), exact(cut(parts, cuts.map(day)), count)))
      }),
    )
  })

  test('two windows that meet give together what one gives', () => {
    fc.assert(
      fc.property(segments, dayCount, fc.nat(1600), (parts, count, at) => {
        const before = exact(parts, count, { subsidyTo: day(at) })
        const after = exact(parts, count, { subsidyFrom: day(at) })
        assert.ok(same(sum(before, after), exact(parts, count)))
      }),
    )
  })

  test('a cap at or above the balance changes nothing, a lower one never adds', () => {
    fc.assert(
      fc.property(segments, dayCount, fc.bigInt(0n, 10n ** 12n), (parts, count, cap) => {
        const whole = interestDue(parts, count)
        const capped = interestDue(parts, count, { principalCapFen: cap })
        const highest = parts.reduce(
          (most, part) => (part.principalFen > most ? part.principalFen : most),
          0n,
        )
        if (cap >= highest) assert.ok(same(capped.exact, whole.exact))
        assert.ok(capped.fen <= whole.fen)
      }),
    )
  })

  test('more principal or more days never give less interest', () => {
    fc.assert(
      fc.property(segments, dayCount, fc.bigInt(0n, 10n ** 9n), (parts, count, more) => {
        const base = interestDue(parts, count).fen
        const higher = parts.map(part => ({ ...part, principalFen: part.principalFen + more }))
        assert.ok(interestDue(higher, count).fen >= base)
        assert.ok(interestDue(parts.slice(1), count).fen <= base)
      }),
    )
  })

  test('rounding once is never more than half a fen away', () => {
    fc.assert(
      fc.property(segments, dayCount, (parts, count) => {
        const { fen, exact: e } = interestDue(parts, count)
        const twice = 2n * (fen * e.denominator - e.numerator)
        assert.ok(twice <= e.denominator && twice > -e.denominator)
      }),
    )
  })
})

suite('laws of the balance', () => {
  const drawn = fc.array(fc.record({ at: fc.nat(400), fen: fc.bigInt(1n, 10n ** 10n) }), { maxLength: 6 })
  const rows = drawn.map(all =>
    all.map((one, i): BalanceEvent => event(`d${i}`, 'drawdown', one.at, one.fen)),
  )

  test('a repayment and its reversal cancel, wherever they stand', () => {
    fc.assert(
      fc.property(rows, fc.nat(400), fc.bigInt(1n, 10n ** 9n), fc.nat(20), (all, at, fen, place) => {
        const repaid = event('r', 'repayment', at, fen)
        const reversed = { ...event('x', 'repayment', at, fen), reverses_id: 'r' }
        const mixed = all.toSpliced(place % (all.length + 1), 0, repaid, reversed)
        assert.deepEqual(balance(mixed), balance(all))
      }),
    )
  })

  test('segments lie in order inside the period, and the principal-days add up', () => {
    fc.assert(
      fc.property(rows, all => {
        const found = balance(all)
        assert.ok(found.every((part, i) => part.from < part.to && (found[i - 1]?.to ?? FROM) <= part.from))
        const counted = found.reduce(
          (total, part) => total + part.principalFen * BigInt(daysBetween(part.from, part.to)),
          0n,
        )
        const expected = all.reduce(
          (total, one) => total + (one.amount_fen ?? 0n) * BigInt(daysBetween(one.occurred_on, day(400))),
          0n,
        )
        assert.equal(counted, expected)
      }),
    )
  })

  function balance(all: readonly BalanceEvent[]) {
    return balanceSegments(all, '0.0370', FROM, day(400))
  }

  function event(id: string, kind: string, at: number, amount_fen: bigint): BalanceEvent {
    return { id, kind, occurred_on: day(at), amount_fen, annual_rate: null, reverses_id: null }
  }
})
