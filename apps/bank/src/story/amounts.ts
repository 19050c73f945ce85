import { type Fen, greater, lesser, parseYuan } from '../money.ts'
import type { Random } from '../random.ts'
import type { WorldFiling } from '../world.ts'

/** What is particular about the loans of a filing. */
export type FilingKind =
  | 'ordinary'
  | 'flagship'
  | 'drawn too late'
  | 'other product'
  | 'bank outside'
  | 'no filing number'

const TEN_THOUSAND_YUAN = 10_000_00n
const LEAST: Fen = 500_000_00n
const MOST: Fen = 60_000_000_00n

/** Verified investment less civil works; undefined where either is not known. */
export function netInvestment(filing: WorldFiling): Fen | undefined {
  if (filing.verified_investment === null || filing.civil_works === null) return undefined
  return greater(0n, parseYuan(filing.verified_investment) - parseYuan(filing.civil_works))
}

/**
 * The principals of the loans that finance a filing: together some 60 to 130 per cent of its net investment,
 * in steps of 10,000 yuan, each between half a million and 60 million yuan; flagships are larger.
 */
export function principals(filing: WorldFiling, kind: FilingKind, chance: Random): Fen[] {
  const loans =
    kind === 'flagship'
      ? chance.between(3, 4)
      : kind === 'ordinary'
        ? chance.weighted([
            [60, 1],
            [26, 2],
            [10, 3],
            [4, 4],
          ])
        : 1
  const net = netInvestment(filing) ?? 8_000_000_00n
  const percent = kind === 'flagship' ? chance.between(98, 106) : chance.between(60, 130)
  const each = (net * BigInt(percent)) / 100n / BigInt(loans)
  return Array.from({ length: loans }, () => {
    const uneven = kind === 'flagship' ? each : (each * BigInt(chance.between(70, 130))) / 100n
    const rounded = (uneven / TEN_THOUSAND_YUAN) * TEN_THOUSAND_YUAN
    return kind === 'flagship' ? rounded : lesser(MOST, greater(LEAST, rounded))
  })
}
