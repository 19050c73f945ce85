import { CYCLES_DAYS, DAYS_MAX, MONTHS_MAX, within, withinLater } from '../date-range.ts'
import { type Fragment, over } from '../fragment.ts'
import { as, count } from './numbers.ts'

export function anyDate(column: Fragment): Fragment {
  return { ...within(column), cost: column.cost + 4 }
}

export function shiftedByMonths(date: Fragment, months: Fragment, constant: number | undefined): Fragment {
  if (constant !== undefined) {
    if (Math.abs(constant) > MONTHS_MAX) return never()
    return within(
      over([date], { text: `(${date.text} + to_months(${constant}))::date`, sqlType: 'date', cost: 2 }),
    )
  }
  const amount = `${clamped(months, BigInt(MONTHS_MAX + 1))}::integer`
  const text = `((${date.text} + ${CYCLES_DAYS}) + to_months(${amount}))::date`
  return withinLater(over([date, months], { text, sqlType: 'date', cost: 6 }))
}

/** Seconds round down to whole days. */
export function shiftedBySeconds(date: Fragment, seconds: Fragment, constant: number | undefined): Fragment {
  const days = constant === undefined ? undefined : Math.floor(constant / 86_400)
  if (days !== undefined) {
    if (Math.abs(days) > DAYS_MAX) return never()
    return within(over([date], { text: `(${date.text} + (${days}))`, sqlType: 'date' }))
  }
  // Moved up first, so that the division rounds down and not towards zero.
  const unit = 10n ** BigInt(seconds.shape.scale) * 86_400n
  const offset = BigInt(2 * DAYS_MAX)
  const amount = clamped(seconds, BigInt(DAYS_MAX + 1) * unit)
  const whole = `((${amount} + ${offset * unit}) // ${unit} - ${offset})::integer`
  const text = `((${date.text} + ${CYCLES_DAYS}) + ${whole})`
  return withinLater(over([date, seconds], { text, sqlType: 'date', cost: 8, nullable: true }))
}

export function difference(left: Fragment, right: Fragment): Fragment {
  return count([left, right], {
    text: `((${left.text} - ${right.text})::bigint * 86400)`,
    cost: 3,
    shape: { int: 12, scale: 0 },
  })
}

export function datePart(part: 'year' | 'month' | 'day', date: Fragment): Fragment {
  return count([date], { text: `extract(${part} from ${date.text})`, shape: { int: 4, scale: 0 } })
}

/** Whole months towards zero. */
export function monthsBetween(
  from: Fragment,
  to: Fragment,
  share: (fragment: Fragment) => Fragment,
): Fragment {
  const a = share(from)
  const b = share(to)
  const part = (name: string, of: Fragment) => `extract(${name} from ${of.text})`
  const raw = share(
    count([a, a, b, b], {
      text: `((${part('year', b)} - ${part('year', a)}) * 12 + (${part('month', b)} - ${part('month', a)}))`,
      shape: { int: 6, scale: 0 },
      cost: 8,
    }),
  )
  const [dayA, dayB] = [part('day', a), part('day', b)]
  const correction = `(case when ${raw.text} > 0 and ${dayB} < ${dayA} then 1 when ${raw.text} < 0 and ${dayB} > ${dayA} then -1 else 0 end)`
  return count([raw, raw, raw, a, a, b, b], {
    text: `(${raw.text} - ${correction})`,
    shape: { int: 6, scale: 0 },
    cost: 10,
  })
}

/** A null goes to the lower end, and every date moved that far back is out of range: null again. */
function clamped(amount: Fragment, limit: bigint): string {
  return `least(greatest(${as(amount, 'hugeint')}, -${limit}), ${limit})`
}

function never(): Fragment {
  return {
    text: 'null::date',
    sqlType: 'date',
    nullable: true,
    shape: { int: 0, scale: 0 },
    cost: 0,
    level: 0,
    literal: true,
  }
}
