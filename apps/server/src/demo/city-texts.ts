import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { City } from '../platform/city.ts'
import { isDate } from '../platform/dates.ts'
import { DomainError } from '../platform/errors.ts'

const day = z.string().refine(isDate)
const yuan = z.string().regex(/^\d+\.\d{2}$/)

const DemonstrationFile = z.strictObject({
  /** The first business day of the story. */
  starts_on: day,
  /** The city as addresses and names begin with it, and as registers shorten it. */
  place: z.string(),
  place_short: z.string(),
  province: z.string(),
  industries: z
    .array(
      z.strictObject({
        /** GB/T 4754-2017 */
        code: z.string().regex(/^\d{2,4}$/),
        weight: z.int().positive(),
        /** What such an enterprise calls its trade in its name. */
        words: z.array(z.string()).min(1),
        scope: z.string(),
      }),
    )
    .min(1),
  banks: z
    .array(
      z.strictObject({
        name: z.string(),
        short_name: z.string(),
        algorithm: z.enum(['ed25519', 'sm2']),
        cooperating_from: day.nullable(),
        cooperating_to: day.nullable().default(null),
      }),
    )
    .min(1),
  treasury: z.strictObject({ name: z.string() }),
  project_words: z.array(z.string()).min(1),
  /** Appropriation by calendar year, for a demonstration of the default size. */
  budgets: z.record(z.string().regex(/^\d{4}$/), yuan),
  /** The policy that the example bank's model computes by, and which parameter is which of its terms. */
  policy: z.strictObject({
    name: z.string(),
    product: z.string(),
    enterprise_status: z.string(),
    parameters: z.strictObject({
      starts_on: z.string(),
      ends_on: z.string(),
      filing_lapse_months: z.string(),
      projects_max: z.string(),
      years_max: z.string(),
      subsidy_rate: z.string(),
      yearly_cap: z.string(),
      interest_tolerance: z.string(),
    }),
  }),
})

/** The words and figures of a city's demonstration: `cities/<slug>/demonstration.json`. */
export type CityTexts = z.infer<typeof DemonstrationFile>

/**
 * @throws DomainError `demonstration.not-described` when the city has no such file
 */
export function readCityTexts(city: City): CityTexts {
  const file = join(city.folder, 'demonstration.json')
  if (!existsSync(file)) {
    throw new DomainError({
      code: 'demonstration.not-described',
      value: city.slug,
      zh: `城市“${city.nameZh}”没有演示数据的描述（demonstration.json）：请用 --empty 启动。`,
      en: `${city.nameEn} has no demonstration.json to make demonstration data from: start with --empty.`,
    })
  }
  return DemonstrationFile.parse(JSON.parse(readFileSync(file, 'utf8')))
}
