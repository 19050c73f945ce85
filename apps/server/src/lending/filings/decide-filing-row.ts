import type { PlainDate } from '../../platform/dates.ts'
import { formatYuan } from '../../platform/money.ts'
import type { ProblemCode } from '../../registry/index.ts'
import { changedFacts, type FilingFact, type FilingFacts, findFilingFault } from './filing.ts'
import type { FilingRow } from './read-filing-row.ts'

/** A filing as it stands when a file is read. */
export interface KnownFiling extends FilingFacts {
  readonly id: string
  readonly credit_code: string
  /** The latest day that a statement about it speaks of. */
  readonly latest_as_of: PlainDate
}

export interface FilingDays {
  readonly today: PlainDate
  /** The day on which what the file says was so, for changes whose row names none. */
  readonly asOf: PlainDate
}

export type RowDecision =
  | { readonly kind: 'create'; readonly facts: FilingFacts; readonly holdsFrom: PlainDate }
  | {
      readonly kind: 'change'
      readonly facts: FilingFacts
      readonly changed: readonly FilingFact[]
      readonly holdsFrom: PlainDate
    }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'refuse'
      readonly code: ProblemCode
      /** The fact whose column is named; none: the number's. */
      readonly fact?: FilingFact
      readonly detail: string
    }

/**
 * What a row means for what is on file. A filing that is new holds from the day it was filed, whenever it is put on
 * record; a change from the day that the row or the file names. A cell that says nothing takes no fact away.
 */
export function decideFilingRow(
  row: FilingRow,
  known: KnownFiling | undefined,
  { today, asOf }: FilingDays,
): RowDecision {
  if (known && known.credit_code !== row.credit_code) {
    return { kind: 'refuse', code: 'filing.of-another', detail: known.credit_code }
  }
  if (!known && row.project_name === null) return missing('project_name')
  if (!known && row.filed_on === null) return missing('filed_on')
  const facts: FilingFacts = {
    project_name: row.project_name ?? known?.project_name ?? '',
    approval_number: row.approval_number ?? known?.approval_number ?? null,
    site_in_city: row.site_in_city ?? known?.site_in_city ?? null,
    // A site that has left the city stands in none of its towns.
    site_town_code:
      row.site_town_code ?? (row.site_in_city === false ? null : (known?.site_town_code ?? null)),
    contract_signed_on: row.contract_signed_on ?? known?.contract_signed_on ?? null,
    verified_investment_fen: row.verified_investment_fen ?? known?.verified_investment_fen ?? null,
    civil_works_fen: row.civil_works_fen ?? known?.civil_works_fen ?? null,
    filed_on: row.filed_on ?? known?.filed_on ?? '',
    state: row.state ?? known?.state ?? 'in_force',
  }
  const changed = known ? changedFacts(known, facts) : []
  if (known && changed.length === 0) return { kind: 'none' }
  const fault = findFilingFault(facts, today)
  if (fault) return refusalOf(fault, facts, today)
  const holdsFrom = row.holds_from ?? (known ? asOf : facts.filed_on)
  if (!known) return { kind: 'create', facts, holdsFrom }
  if (holdsFrom < known.latest_as_of) {
    return { kind: 'refuse', code: 'filing.later-known', detail: known.latest_as_of }
  }
  return { kind: 'change', facts, changed, holdsFrom }
}

const missing = (fact: FilingFact): RowDecision => ({
  kind: 'refuse',
  code: 'cell.missing',
  fact,
  detail: '',
})

function refusalOf(
  { fact, fault }: NonNullable<ReturnType<typeof findFilingFault>>,
  facts: FilingFacts,
  today: PlainDate,
): RowDecision {
  switch (fault) {
    case 'day-ahead':
      return { kind: 'refuse', code: 'cell.day-ahead', fact, detail: today }
    case 'civil-works':
      return {
        kind: 'refuse',
        code: 'filing.civil-works',
        fact,
        detail: formatYuan(facts.verified_investment_fen ?? 0n),
      }
    case 'site':
      return { kind: 'refuse', code: 'filing.site', fact, detail: '' }
    default:
      return fault satisfies never
  }
}
