import type { Enterprise } from './subjects.ts'

const ESTABLISHED_LAST = Date.UTC(2022, 11, 31) / 86_400_000
const FILED_FIRST = Date.UTC(2022, 0, 5) / 86_400_000
const FILED_LAST = Date.UTC(2025, 11, 31) / 86_400_000
const INDUSTRIES = new Set(['家电', '灯饰', '五金', '纺织服装', '家具'])

/** Rates in ten-thousandths, caps in fen. */
const TIERS = [
  { rate: 1237, cap: 1_000_000_000 },
  { rate: 1033, cap: 600_000_000 },
  { rate: 875, cap: 300_000_000 },
  { rate: 613, cap: 200_000_000 },
  { rate: 455, cap: 100_000_000 },
  { rate: 305, cap: 50_000_000 },
] as const

export function isEligible(e: Enterprise): boolean {
  return (
    e.status === '存续' &&
    e.industry !== null &&
    INDUSTRIES.has(e.industry) &&
    e.dishonest === false &&
    e.established !== null &&
    e.established <= ESTABLISHED_LAST &&
    e.filed !== null &&
    e.filed >= FILED_FIRST &&
    e.filed <= FILED_LAST &&
    e.incomeFen !== null &&
    e.incomeFen >= 2_000_000_000 &&
    e.staff !== null &&
    e.staff >= 20 &&
    e.investmentFen !== null &&
    e.investmentFen >= 100_000_000
  )
}

export function tierOf(e: Enterprise): number {
  const { size, level, equipmentFen } = e
  const advanced = level !== null && level >= 3
  if (size === '大型' && advanced && equipmentFen !== null && equipmentFen >= 5_000_000_000) return 1
  if (
    (size === '大型' || size === '中型') &&
    advanced &&
    equipmentFen !== null &&
    equipmentFen >= 2_000_000_000
  )
    return 2
  if (advanced && equipmentFen !== null && equipmentFen >= 500_000_000) return 3
  if (level !== null && level >= 2 && level < 3 && equipmentFen !== null && equipmentFen >= 500_000_000)
    return 4
  if ((size === '小型' || size === '微型') && level !== null && level >= 1) return 5
  return 6
}

/** The reference: integers of any size, the award a null where the investment is not known. */
export function exactAward(e: Enterprise): { readonly tier: number; readonly fen: bigint | null } {
  const tier = tierOf(e)
  if (!isEligible(e)) return { tier, fen: 0n }
  if (e.equipmentFen === null) return { tier, fen: null }
  const { rate, cap } = TIERS[tier - 1] ?? TIERS[5]
  const award = (BigInt(e.equipmentFen) * BigInt(rate) + 5_000n) / 10_000n
  return { tier, fen: award < BigInt(cap) ? award : BigInt(cap) }
}

/** What a programmer in a hurry writes: doubles. */
export function awardInDoubles(e: Enterprise): number | null {
  const tier = tierOf(e)
  if (!isEligible(e)) return 0
  if (e.equipmentFen === null) return null
  const { rate, cap } = TIERS[tier - 1] ?? TIERS[5]
  return Math.min(cap / 100, Math.round((rate / 10_000) * (e.equipmentFen / 100) * 100) / 100)
}

/** What a careful programmer writes: whole numbers that a double holds, and a remainder for the half. */
export function awardInSafeIntegers(e: Enterprise): number | null {
  const tier = tierOf(e)
  if (!isEligible(e)) return 0
  if (e.equipmentFen === null) return null
  const { rate, cap } = TIERS[tier - 1] ?? TIERS[5]
  const product = e.equipmentFen * rate
  const rest = product % 10_000
  const award = (product - rest) / 10_000 + (rest >= 5_000 ? 1 : 0)
  return award < cap ? award : cap
}

const CONDITIONS = [
  "s.status = '存续'",
  "s.industry in ('家电', '灯饰', '五金', '纺织服装', '家具')",
  'not s.dishonest',
  "s.established <= date '2022-12-31'",
  "s.filed >= date '2022-01-05' and s.filed <= date '2025-12-31'",
  's.income >= 20000000',
  's.staff >= 20',
  's.investment >= 1000000',
]

const TIER = `case
    when s.size = '大型' and s.level >= 3 and s.equipment >= 50000000 then 1
    when s.size in ('大型', '中型') and s.level >= 3 and s.equipment >= 20000000 then 2
    when s.level >= 3 and s.equipment >= 5000000 then 3
    when s.level >= 2 and s.level < 3 and s.equipment >= 5000000 then 4
    when s.size in ('小型', '微型') and s.level >= 1 then 5
    else 6
  end`

const AMOUNTS = TIERS.map(({ rate, cap }, i) => {
  const exactRate = `0.${String(rate).padStart(4, '0')}`
  return `when ${i + 1} then least(${cap / 100}, round(${exactRate} * s.equipment, 2))`
})

/**
 * What a database engineer would write for award, answer and tier: one pass, the arithmetic in the branch that applies, no
 * subquery for the planner to repeat. least() passes over nulls, so an unknown investment is asked about first.
 */
export const AWARDS_BY_HAND = `select s.id,
  case when ${CONDITIONS.join(' and ')} then
    case when s.equipment is not null then case ${TIER} ${AMOUNTS.join(' ')} end end
  else 0 end as award,
  case when ${CONDITIONS.join(' and ')} then '符合' else '不符合' end as answer,
  ${TIER} as tier
from enterprise as s`

/** The same with a bit for each condition that is met and each that is not known. */
export const DETERMINATIONS_BY_HAND = AWARDS_BY_HAND.replace(
  ' as tier\nfrom',
  ` as tier,
  ${CONDITIONS.map((condition, i) => `case when ${condition} then ${2 ** i}::bigint else 0 end`).join('\n  + ')} as passed,
  ${CONDITIONS.map((condition, i) => `case when (${condition}) is null then ${2 ** i}::bigint else 0 end`).join('\n  + ')} as unknown
from`,
)
