import type { DemonstrationSize } from '../app/purpose.ts'
import type { City } from '../platform/city.ts'
import { type CityTexts, readCityTexts } from './city-texts.ts'
import { type DemoBank, type DemoTreasury, generateBanks, generateTreasury } from './generate-banks.ts'
import { type DemoFiling, generateFilings } from './generate-filings.ts'
import { type DemoOrganisation, type DemoTown, generateOrganisations } from './generate-organisations.ts'

/** Of six hundred loans by default, 550 projects: some have several loans, some none. */
const FILINGS_PER_LOAN = 550 / 600

/** Everything that the demonstration is told from: a pure function of the seed, the size and the city's texts. */
export interface StoryData {
  readonly texts: CityTexts
  readonly size: DemonstrationSize
  readonly banks: readonly DemoBank[]
  readonly treasury: DemoTreasury
  /** Those that have a project. */
  readonly borrowers: readonly DemoOrganisation[]
  readonly filings: readonly DemoFiling[]
  /** All of them, one by one. */
  organisations(): Generator<DemoOrganisation>
}

/** @param towns those in force */
export function storyData(city: City, size: DemonstrationSize, towns: readonly DemoTown[]): StoryData {
  const texts = readCityTexts(city)
  const { seed, organisations: count } = size
  const options = { seed, count, divisionCode: city.code, texts, towns }
  const filingCount = Math.ceil(size.loans * FILINGS_PER_LOAN)
  const candidates = [...generateOrganisations({ ...options, count: Math.min(count, filingCount) })]
  // The two largest works are those of an enterprise of which nothing is missing.
  const flagship = candidates.findIndex(
    ({ status, dishonest }) =>
      status !== null && status === texts.policy.enterprise_status && dishonest === false,
  )
  const ordered = [...candidates.splice(Math.max(flagship, 0), 1), ...candidates]
  const filings = generateFilings({ ...options, count: filingCount, organisations: ordered })
  const withProject = new Set(filings.map(({ credit_code }) => credit_code))
  return {
    texts,
    size,
    banks: generateBanks(seed, texts),
    treasury: generateTreasury(seed, texts),
    borrowers: ordered.filter(({ credit_code }) => withProject.has(credit_code)),
    filings,
    organisations: () => generateOrganisations(options),
  }
}
