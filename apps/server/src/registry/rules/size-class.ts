export type SizeClass = 'large' | 'medium' | 'small' | 'micro'

/** What the method distinguishes; other sections of industry are not classed here. */
export type SizeIndustry = 'industry' | 'information-transmission' | 'software'

interface Limits {
  readonly staff: number
  /** 万元 */
  readonly revenue_wan: number
}

const LIMITS: Record<SizeIndustry, Record<Exclude<SizeClass, 'micro'>, Limits>> = {
  industry: {
    large: { staff: 1000, revenue_wan: 40_000 },
    medium: { staff: 300, revenue_wan: 2_000 },
    small: { staff: 20, revenue_wan: 300 },
  },
  'information-transmission': {
    large: { staff: 2000, revenue_wan: 100_000 },
    medium: { staff: 100, revenue_wan: 1_000 },
    small: { staff: 10, revenue_wan: 100 },
  },
  software: {
    large: { staff: 300, revenue_wan: 10_000 },
    medium: { staff: 100, revenue_wan: 1_000 },
    small: { staff: 10, revenue_wan: 50 },
  },
}

const FEN_PER_WAN = 1_000_000n

/**
 * The size of an enterprise by its staff and its yearly revenue. A class is reached when both lower limits are;
 * otherwise the enterprise drops to the next.
 *
 * @param staff         people employed
 * @param revenue_fen   yearly main-business revenue, in fen
 * Source: 《统计上大中小微型企业划分办法（2017）》
 */
export function sizeClass(industry: SizeIndustry, staff: number, revenue_fen: bigint): SizeClass {
  for (const size of ['large', 'medium', 'small'] as const) {
    const limits = LIMITS[industry][size]
    if (staff >= limits.staff && revenue_fen >= BigInt(limits.revenue_wan) * FEN_PER_WAN) return size
  }
  return 'micro'
}
