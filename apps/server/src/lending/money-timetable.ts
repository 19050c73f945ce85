import { addDays, latest, type PlainDate } from '../platform/dates.ts'
import { addWorkingDays, isWorkingDay, type WorkingDayCalendar } from '../platform/working-days.ts'
import { nextSettlementDay } from './settlement-periods.ts'

/** The way of a subsidy: interest is settled, a batch is decided on, the public is told, the treasury pays. */
export const MONEY_STEPS = ['settlement', 'decision', 'notice', 'treasury'] as const
export type MoneyStep = (typeof MONEY_STEPS)[number]

/** How long each step takes, in working days: the city's settings. */
export interface MoneyPace {
  /** From the quarter's settlement day until its batch is decided on. */
  readonly decisionDays: number
  /** Of public notice after that; none: it is not noticed. */
  readonly noticeDays: number
  /** From payment order to arrival. */
  readonly treasuryDays: number
}

/** What has happened so far; null: not yet. */
export interface MoneySoFar {
  /** The settlement day, which may lie ahead. */
  readonly settledOn: PlainDate
  readonly decidedOn: PlainDate | null
  /** Set with the decision. */
  readonly payableFrom: PlainDate | null
  readonly orderedOn: PlainDate | null
}

export interface TimetableLine {
  readonly step: MoneyStep
  /** When it was over, or is expected to be. */
  readonly on: PlainDate
  readonly state: 'done' | 'now' | 'ahead'
}

export interface Timetable {
  readonly step: MoneyStep
  readonly expectedOn: PlainDate
  /** The city's pace would have had it further by today: the date is counted anew from today. */
  readonly late: boolean
  readonly lines: readonly TimetableLine[]
}

/**
 * When money arrives: what has happened stands with its day, what has not is counted on from there in the city's
 * working days. No day that is still awaited lies in the past.
 */
export function moneyTimetable(
  soFar: MoneySoFar,
  pace: MoneyPace,
  calendar: WorkingDayCalendar,
  today: PlainDate,
): Timetable {
  const { settledOn, decidedOn, payableFrom, orderedOn } = soFar
  const soonest = isWorkingDay(today, calendar) ? today : addWorkingDays(today, 1, calendar)
  const after = (day: PlainDate, days: number) => addWorkingDays(day, days, calendar)

  // What is settled within a quarter, monthly or at the end of a loan, waits for the quarter's batch.
  const quarterDay = nextSettlementDay(addDays(settledOn, -1), 'quarterly')
  const decision = decidedOn ?? latest(after(quarterDay, pace.decisionDays), soonest)
  // The notice begins on the next working day and is over when it has lasted its days.
  const noticeOver = payableFrom ?? (pace.noticeDays === 0 ? decision : after(decision, pace.noticeDays + 1))
  const ordered = orderedOn ?? latest(noticeOver, soonest)
  const expectedOn = latest(after(ordered, pace.treasuryDays), soonest)

  const step: MoneyStep =
    settledOn > today
      ? 'settlement'
      : decidedOn === null
        ? 'decision'
        : noticeOver > today
          ? 'notice'
          : 'treasury'
  const days: Record<MoneyStep, PlainDate> = {
    settlement: settledOn,
    decision,
    notice: noticeOver,
    treasury: expectedOn,
  }
  const now = MONEY_STEPS.indexOf(step)
  return {
    step,
    expectedOn,
    late:
      settledOn <= today &&
      (decidedOn === null
        ? after(quarterDay, pace.decisionDays) < soonest
        : after(orderedOn ?? noticeOver, pace.treasuryDays) < soonest),
    lines: MONEY_STEPS.filter(each => each !== 'notice' || noticeOver !== decision).map(each => {
      const place = MONEY_STEPS.indexOf(each)
      return { step: each, on: days[each], state: place < now ? 'done' : place === now ? 'now' : 'ahead' }
    }),
  }
}
