import { CYCLES_DAYS, DAYS_MAX, MONTHS_MAX, within, withinLater } from '../date-range.ts'
import { asNumeric, type Fragment, over } from '../fragment.ts'

/** Within these a shift of any date stays within PostgreSQL's own range. */
const NEAR_MONTHS_MAX = 48_000
const NEAR_DAYS_MAX = 1_000_000

/** A column may hold any date PostgreSQL knows, infinity too. */
export function anyDate(column: Fragment): Fragment {
  return { ...within(column), cost: column.cost + 4 }
}

export function shiftedByMonths(date: Fragment, months: Fragment, constant: number | undefined): Fragment {
  if (constant !== undefined && Math.abs(constant) <= NEAR_MONTHS_MAX) {
    return within(
      over([date], {
        text: `(${date.text} + interval '${constant} months')::date`,
        sqlType: 'date',
        cost: 2,
      }),
    )
  }
  const count = `${clamped(months, MONTHS_MAX + 1)}::integer`
  const text = `((${date.text} + ${CYCLES_DAYS}) + make_interval(months => ${count}))::date`
  return withinLater(over([date, months], { text, sqlType: 'date', cost: 6 }))
}

/** Seconds round down to whole days. */
export function shiftedBySeconds(date: Fragment, seconds: Fragment, constant: number | undefined): Fragment {
  const days = constant === undefined ? undefined : Math.floor(constant / 86_400)
  if (days !== undefined && Math.abs(days) <= NEAR_DAYS_MAX) {
    return within(over([date], { text: `(${date.text} + (${days}))`, sqlType: 'date' }))
  }
  // div() truncates towards zero, so it is fed positive numbers only.
  const offset = 2 * DAYS_MAX
  const amount = `floor(${clamped(seconds, (DAYS_MAX + 1) * 86_400)})`
  const count = `(div(${amount} + ${offset * 86_400}, 86400) - ${offset})::integer`
  return withinLater(
    over([date, seconds], { text: `((${date.text} + ${CYCLES_DAYS}) + ${count})`, sqlType: 'date', cost: 8 }),
  )
}

/** In seconds, like every duration of days. */
export function difference(left: Fragment, right: Fragment): Fragment {
  return over([left, right], {
    text: `((${left.text} - ${right.text})::numeric * 86400)`,
    sqlType: 'numeric',
    cost: 3,
    shape: { int: 12, scale: 0 },
  })
}

export function datePart(part: 'year' | 'month' | 'day', date: Fragment): Fragment {
  return over([date], {
    text: `extract(${part} from ${date.text})`,
    sqlType: 'numeric',
    shape: { int: 4, scale: 0 },
  })
}

/** Whole months towards zero. */
export function monthsBetween(
  from: Fragment,
  to: Fragment,
  share: (fragment: Fragment) => Fragment,
): Fragment {
  const a = share(from)
  const b = share(to)
  const years = `(extract(year from ${b.text}) - extract(year from ${a.text}))`
  const months = `(extract(month from ${b.text}) - extract(month from ${a.text}))`
  const raw = share(over([a, b], { text: `(${years} * 12 + ${months})`, sqlType: 'numeric', cost: 8 }))
  const dayA = `extract(day from ${a.text})`
  const dayB = `extract(day from ${b.text})`
  const correction = `(case when ${raw.text} > 0 and ${dayB} < ${dayA} then 1 when ${raw.text} < 0 and ${dayB} > ${dayA} then -1 else 0 end)`
  return over([raw, raw, raw, a, a, b, b], {
    text: `(${raw.text} - ${correction})`,
    sqlType: 'numeric',
    cost: 10,
    shape: { int: 6, scale: 0 },
  })
}

/**
 * Keeps an amount within what an integer can hold. A null goes to the lower end, and every date moved that far back
 * is out of range: null again.
 */
function clamped(amount: Fragment, limit: number): string {
  return `least(greatest(${asNumeric(amount).text}, -${limit}), ${limit})`
}
