import { addDays, type PlainDate } from '../platform/dates.ts'
import { type Fen, formatYuan } from '../platform/money.ts'
import { type Chance, chanceOf } from './chance.ts'
import type { CityTexts } from './city-texts.ts'
import type { DemoOrganisation } from './generate-organisations.ts'

/** A project as it is filed (备案). null: the papers do not say. */
export interface DemoFiling {
  readonly filing_number: string
  readonly credit_code: string
  readonly project_name: string
  readonly filed_on: PlainDate
  readonly state: 'in_force' | 'completed' | 'revoked'
  readonly approval_number: string | null
  readonly site_in_city: boolean | null
  readonly contract_signed_on: PlainDate | null
  readonly verified_investment_fen: Fen | null
  readonly civil_works_fen: Fen | null
}

export interface FilingsOptions {
  readonly seed: number
  readonly count: number
  readonly divisionCode: string
  readonly texts: CityTexts
  /** Who may have a project: the first of them has the two largest. */
  readonly organisations: readonly DemoOrganisation[]
}

const FLAGSHIPS = 2
const TEN_THOUSAND_YUAN = 10_000_00n

/**
 * Projects on file: most before the story begins, the others while it goes on. One enterprise has two works whose
 * interest exceeds the yearly cap; some have three projects at once, of which the rules count two.
 */
export function generateFilings(options: FilingsOptions): DemoFiling[] {
  const { organisations, count } = options
  const owners = projectOwners(options)
  return Array.from({ length: organisations.length === 0 ? 0 : count }, (_, index) =>
    filing(options, index, owners[index % owners.length] ?? 0),
  )
}

/** The number of the enterprise that owns each project: nearly one in five has a second one, some a third. */
function projectOwners({ seed, count, organisations }: FilingsOptions): number[] {
  const chance = chanceOf(seed, 'project owners')
  const owners: number[] = Array.from({ length: FLAGSHIPS }, () => 0)
  for (let owner = 1; owners.length < count && owner < organisations.length; owner++) {
    const projects = chance.weighted([
      [80, 1],
      [15, 2],
      [5, 3],
    ])
    for (let project = 0; project < projects; project++) owners.push(owner)
  }
  return owners.slice(0, Math.max(count, 1))
}

function filing(options: FilingsOptions, index: number, owner: number): DemoFiling {
  const { seed, texts, organisations, divisionCode } = options
  const chance = chanceOf(seed, 'filing', index)
  const flagship = index < FLAGSHIPS
  const filed_on = flagship ? addDays(texts.starts_on, -20 + index) : filedOn(texts.starts_on, chance)
  const investment = flagship ? 1_250_000_000_00n : investmentOf(chance)
  const civil = (investment * BigInt(chance.between(0, flagship ? 5 : 28))) / 100n
  const number = String(index + 1).padStart(5, '0')
  const usual = flagship || chance.permille(850)
  return {
    filing_number: `SZD-${filed_on.slice(0, 4)}-${number}`,
    credit_code: organisations[owner]?.credit_code ?? '',
    project_name: `示例${chance.pick(texts.project_words)}项目${index + 1}`,
    filed_on,
    state: usual
      ? 'in_force'
      : chance.weighted([
          [80, 'in_force'],
          [12, 'completed'],
          [8, 'revoked'],
        ]),
    approval_number: usual || chance.permille(850) ? approvalNumber(filed_on, divisionCode, number) : null,
    site_in_city:
      usual ||
      chance.weighted([
        [80, true],
        [13, false],
        [7, null],
      ]),
    contract_signed_on: usual || chance.permille(850) ? addDays(filed_on, -chance.below(40)) : null,
    verified_investment_fen: usual || chance.permille(800) ? investment : null,
    civil_works_fen: usual || chance.permille(900) ? wholeTenThousands(civil) : null,
  }
}

function filedOn(startsOn: PlainDate, chance: Chance): PlainDate {
  const days = chance.weighted([
    [45, () => -chance.between(1, 110)],
    [40, () => chance.between(0, 230)],
    [15, () => chance.between(231, 800)],
  ])
  return addDays(startsOn, days())
}

/** Yuan from under a million to sixty million, more small ones than large. */
function investmentOf(chance: Chance): Fen {
  const millions = chance.weighted([
    [20, () => chance.between(80, 300)],
    [45, () => chance.between(300, 1_200)],
    [28, () => chance.between(1_200, 3_000)],
    [7, () => chance.between(3_000, 6_000)],
  ])
  return BigInt(millions()) * TEN_THOUSAND_YUAN
}

function wholeTenThousands(fen: Fen): Fen {
  return (fen / TEN_THOUSAND_YUAN) * TEN_THOUSAND_YUAN
}

/** In the form of a project code of the national approval platform: month, division, kind, number. */
function approvalNumber(filedOn: PlainDate, divisionCode: string, number: string): string {
  return `${filedOn.slice(2, 4)}${filedOn.slice(5, 7)}-${divisionCode}-04-01-9${number}`
}

/** Yuan as the example bank's world file has them; null stays null. */
export function yuanOrNull(fen: Fen | null): string | null {
  return fen === null ? null : formatYuan(fen)
}
