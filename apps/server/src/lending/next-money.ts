import { earliest, type PlainDate } from '../platform/dates.ts'
import type { Fen } from '../platform/money.ts'
import type { WorkingDayCalendar } from '../platform/working-days.ts'
import { type MoneyPace, type MoneySoFar, moneyTimetable, type Timetable } from './money-timetable.ts'
import type { NothingDue } from './nothing-due.ts'
import { nextSettlementDay, type Settlement } from './settlement-periods.ts'

/** A claim of which something has still to arrive. */
export interface ClaimOnItsWay extends MoneySoFar {
  readonly quarter: string
  readonly owedFen: Fen
  /** The treasury could not pay into the account. */
  readonly rejected: boolean
}

/** A loan and what its running period promises. */
export interface RunningLoan {
  readonly loan_receipt: string
  /** null: nothing is to be settled any more. */
  readonly settlesOn: PlainDate | null
  /** Why nothing is due for it; null: something may be. */
  readonly nothing: NothingDue | null
}

export type NextMoney =
  | {
      readonly kind: 'expected'
      /** null: the interest is not settled yet. */
      readonly amountFen: Fen | null
      readonly quarter: string | null
      readonly claims: number
      readonly timetable: Timetable
    }
  | { readonly kind: 'account'; readonly amountFen: Fen }
  | { readonly kind: 'none'; readonly loans: readonly RunningLoan[] }

/**
 * What an enterprise receives next and when: what is decided and on its way first, then what the running periods
 * will bring; and if neither, why nothing is due.
 *
 * @param hasAccount whether there is an account that the treasury can pay into
 */
export function nextMoney(
  claims: readonly ClaimOnItsWay[],
  loans: readonly RunningLoan[],
  hasAccount: boolean,
  pace: MoneyPace,
  calendar: WorkingDayCalendar,
  today: PlainDate,
): NextMoney {
  const owed = claims.filter(({ owedFen }) => owedFen > 0n)
  const sum = (some: readonly ClaimOnItsWay[]) => some.reduce((total, { owedFen }) => total + owedFen, 0n)
  const returned = owed.filter(({ rejected }) => rejected)
  if (returned.length > 0 && !hasAccount) return { kind: 'account', amountFen: sum(returned) }

  const timed = owed.map(claim => ({ claim, timetable: moneyTimetable(claim, pace, calendar, today) }))
  const [some, ...rest] = timed
  if (some) {
    const soonest = earliest(some.timetable.expectedOn, ...rest.map(({ timetable }) => timetable.expectedOn))
    const together = timed.filter(({ timetable }) => timetable.expectedOn === soonest)
    const coming = together.map(({ claim }) => claim)
    const newest = together.reduce((latest, each) =>
      each.claim.settledOn > latest.claim.settledOn ? each : latest,
    )
    return {
      kind: 'expected',
      amountFen: sum(coming),
      quarter: newest.claim.quarter,
      claims: coming.length,
      timetable: newest.timetable,
    }
  }

  const [first, ...others] = loans.flatMap(({ settlesOn, nothing }) =>
    settlesOn !== null && nothing === null ? [settlesOn] : [],
  )
  if (first === undefined) return { kind: 'none', loans }
  const soFar = { settledOn: earliest(first, ...others), decidedOn: null, payableFrom: null, orderedOn: null }
  return {
    kind: 'expected',
    amountFen: null,
    quarter: null,
    claims: 0,
    timetable: moneyTimetable(soFar, pace, calendar, today),
  }
}

interface LoanTerms {
  readonly settlement: Settlement
  readonly matures_on: PlainDate
  readonly balance_fen: Fen
}

/** When the interest of the period that begins on a day is settled: at the latest when the loan falls due. */
export function settlesOn(
  { settlement, matures_on, balance_fen }: LoanTerms,
  from: PlainDate,
): PlainDate | null {
  if (balance_fen <= 0n) return null
  const next = nextSettlementDay(from, settlement)
  return matures_on > from ? earliest(next, matures_on) : next
}
