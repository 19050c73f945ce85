import type { PlainDate } from '../platform/dates.ts'
import { addWorkingDays, type WorkingDayCalendar } from '../platform/working-days.ts'

/** When a batch is shown to the public, and from when it may be paid. */
export interface PublicNotice {
  /** First and last day of the notice; null: the city has none. */
  readonly from: PlainDate | null
  readonly until: PlainDate | null
  readonly payableFrom: PlainDate
}

/**
 * The notice begins on the working day after the approval and lasts so many working days, both ends counted.
 * Objections are taken until its last working day ends; payment may be ordered on the working day after.
 *
 * @param approvedOn the day of the approval, worked or not
 * @param workingDays as the city has set them; none: there is no notice
 */
export function publicNotice(
  approvedOn: PlainDate,
  workingDays: number,
  calendar: WorkingDayCalendar,
): PublicNotice {
  if (workingDays === 0) return { from: null, until: null, payableFrom: approvedOn }
  return {
    from: addWorkingDays(approvedOn, 1, calendar),
    until: addWorkingDays(approvedOn, workingDays, calendar),
    payableFrom: addWorkingDays(approvedOn, workingDays + 1, calendar),
  }
}
