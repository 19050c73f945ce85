import type { PlainDate } from '../../platform/dates.ts'
import { recordInRow } from '../../platform/db/index.ts'
import type { Fen } from '../../platform/money.ts'

/** In implementation; finished; withdrawn from the file (撤销), as if there were none from that day on. */
export const FILING_STATES = ['in_force', 'completed', 'revoked'] as const
export type FilingState = (typeof FILING_STATES)[number]

/** What is on file of a project (备案). Null: not known. Number and enterprise never change. */
export interface FilingFacts {
  readonly project_name: string
  /** Approval or record number of the investment project (核准或备案). */
  readonly approval_number: string | null
  readonly site_town_code: string | null
  readonly site_in_city: boolean | null
  readonly contract_signed_on: PlainDate | null
  readonly verified_investment_fen: Fen | null
  /** Part of the investment, and not subsidised (土建). Source: the city's policy, under `cities/`. */
  readonly civil_works_fen: Fen | null
  readonly filed_on: PlainDate
  readonly state: FilingState
}

/** As the history names them. */
export const FILING_FACTS = [
  'project_name',
  'approval_number',
  'site_in_city',
  'site_town_code',
  'contract_signed_on',
  'verified_investment_fen',
  'civil_works_fen',
  'filed_on',
  'state',
] as const satisfies readonly (keyof FilingFacts)[]
export type FilingFact = (typeof FILING_FACTS)[number]

/** A filing as officers change it. */
export const FILING_RECORD = recordInRow('filing', 'filing')

export const filingNoun = { zh: '项目备案', en: 'filing' }

/** What contradicts itself, with the fact to look at first. */
export interface FilingFault {
  readonly fact: FilingFact
  readonly fault: 'civil-works' | 'day-ahead' | 'site'
}

/** Finds what cannot be so, whoever says it. */
export function findFilingFault(facts: FilingFacts, today: PlainDate): FilingFault | undefined {
  const { verified_investment_fen: investment, civil_works_fen: civilWorks } = facts
  if (facts.filed_on > today) return { fact: 'filed_on', fault: 'day-ahead' }
  if (facts.contract_signed_on !== null && facts.contract_signed_on > today) {
    return { fact: 'contract_signed_on', fault: 'day-ahead' }
  }
  if (investment !== null && civilWorks !== null && civilWorks > investment) {
    return { fact: 'civil_works_fen', fault: 'civil-works' }
  }
  if (facts.site_town_code !== null && facts.site_in_city === false) {
    return { fact: 'site_in_city', fault: 'site' }
  }
  return undefined
}

/** Which facts two statements disagree on. */
export function changedFacts(before: FilingFacts, after: FilingFacts): FilingFact[] {
  return FILING_FACTS.filter(fact => before[fact] !== after[fact])
}
