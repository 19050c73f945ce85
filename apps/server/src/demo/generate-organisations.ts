import { addDays, type PlainDate } from '../platform/dates.ts'
import { type Chance, chanceOf } from './chance.ts'
import type { CityTexts } from './city-texts.ts'
import { fictionalCreditCode } from './fictional-codes.ts'

/** An enterprise that nobody could take for a real one: 示例 stands in its name. */
export interface DemoOrganisation {
  readonly credit_code: string
  readonly name: string
  readonly kind: string
  readonly established_on: PlainDate
  /** Decimal, in units of the currency. */
  readonly capital: string
  readonly capital_currency: string
  readonly business_scope: string
  readonly address: string
  /** null: the address does not say. */
  readonly town_code: string | null
  /** null: the register does not say, and neither does the rest. */
  readonly status: string | null
  readonly dishonest: boolean | null
  readonly industry_code: string | null
  readonly size_class: 'large' | 'medium' | 'small' | 'micro' | null
}

export interface OrganisationsOptions {
  readonly seed: number
  readonly count: number
  readonly divisionCode: string
  readonly texts: CityTexts
  /** The towns in force. */
  readonly towns: readonly DemoTown[]
}

export interface DemoTown {
  readonly code: string
  readonly name: string
}

const STEMS = '甲乙丙丁戊己庚辛壬癸'
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥'
const ELEMENTS = '木火土金水'
const BRANDS = STEMS.length * BRANCHES.length * ELEMENTS.length
const ROADS = ['演示一路', '演示二路', '示例大道', '示例东街', '演示工业园', '示例科技园', '演示中路']

/** Enterprises of a city, one by one, so that any number fits in memory. The same seed gives the same ones. */
export function* generateOrganisations(options: OrganisationsOptions): Generator<DemoOrganisation> {
  for (let number = 0; number < options.count; number++) yield organisation(options, number)
}

function organisation(options: OrganisationsOptions, number: number): DemoOrganisation {
  const { seed, texts } = options
  const chance = chanceOf(seed, 'organisation', number)
  const industry = chance.weighted(texts.industries.map(each => [each.weight, each] as const))
  return {
    credit_code: fictionalCreditCode(options.divisionCode, 31 ** 4 + number),
    name: nameOf(texts.place, number, chance.pick(industry.words)),
    kind: chance.weighted([
      [70, '有限责任公司(自然人投资或控股)'],
      [18, '有限责任公司(自然人独资)'],
      [6, '有限责任公司(港澳台投资)'],
      [4, '股份有限公司(非上市)'],
      [2, '有限责任公司(外商投资)'],
    ]),
    established_on: addDays('1996-01-01', chance.below(9_400)),
    ...capital(chance),
    business_scope: `生产、销售：${industry.scope}。（演示数据，并无此企业）`,
    ...address(options, chance),
    status: chance.weighted([
      [955, '存续'],
      [15, '吊销'],
      [15, '注销'],
      [5, '停业'],
      [10, null],
    ]),
    dishonest: chance.weighted([
      [965, false],
      [18, true],
      [17, null],
    ]),
    industry_code: chance.permille(15) ? null : industry.code,
    size_class: chance.weighted([
      [2, 'large'],
      [13, 'medium'],
      [50, 'small'],
      [32, 'micro'],
      [3, null],
    ]),
  }
}

/** Numbers become names of three characters that no parent and no registrar would choose, and then a series. */
function nameOf(place: string, number: number, word: string): string {
  // Stepping by a number that is coprime to their count goes through all brands before one comes again.
  const brand = (number * 277) % BRANDS
  const characters = [
    STEMS[brand % STEMS.length],
    BRANCHES[Math.trunc(brand / STEMS.length) % BRANCHES.length],
    ELEMENTS[Math.trunc(brand / STEMS.length / BRANCHES.length)],
  ]
  const series = Math.trunc(number / BRANDS)
  return `${place}${characters.join('')}示例${word}${series === 0 ? '' : `第${series + 1}`}有限公司`
}

function capital(chance: Chance): Pick<DemoOrganisation, 'capital' | 'capital_currency'> {
  const tenThousands = chance.weighted([
    [30, 50],
    [25, 100],
    [20, 500],
    [12, 1_000],
    [8, 3_000],
    [4, 8_000],
    [1, 20_000],
  ])
  const capital_currency = chance.weighted([
    [95, 'CNY'],
    [3, 'HKD'],
    [2, 'USD'],
  ])
  return { capital: `${tenThousands}0000`, capital_currency }
}

function address(
  { texts, towns }: OrganisationsOptions,
  chance: Chance,
): Pick<DemoOrganisation, 'address' | 'town_code'> {
  const road = `${chance.pick(ROADS)}${chance.between(1, 399)}号`
  // Industry is not spread evenly: of two towns drawn, the one that stands later in the list has most of it.
  const town = towns[Math.max(chance.below(towns.length), chance.below(towns.length))]
  // Some registers leave the town out; it is then not guessed.
  if (town === undefined || chance.permille(30)) return { address: `${texts.place}${road}`, town_code: null }
  return { address: `${texts.place}${town.name}${road}`, town_code: town.code }
}
