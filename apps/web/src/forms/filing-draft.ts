import type { FilingFacts } from '../api/filings.ts'
import { useDraft } from './draft.ts'

/** What is typed: text for every field, the empty one being "not known". */
export type FilingText = Readonly<Record<keyof FilingFacts, string>>

export const NO_TEXT: FilingText = {
  project_name: '',
  approval_number: '',
  site_in_city: '',
  site_town_code: '',
  contract_signed_on: '',
  verified_investment: '',
  civil_works: '',
  filed_on: '',
  state: 'in_force',
}

export const textOf = (facts: FilingFacts): FilingText => ({
  project_name: facts.project_name,
  approval_number: facts.approval_number ?? '',
  site_in_city: facts.site_in_city === null ? '' : String(facts.site_in_city),
  site_town_code: facts.site_town_code ?? '',
  contract_signed_on: facts.contract_signed_on ?? '',
  verified_investment: facts.verified_investment ?? '',
  civil_works: facts.civil_works ?? '',
  filed_on: facts.filed_on,
  state: facts.state,
})

const STATES: readonly FilingFacts['state'][] = ['in_force', 'completed', 'revoked']

/** What is sent: amounts without the separators that people type. */
export function factsOf(text: FilingText): FilingFacts {
  const said = (word: string) => (word.trim() === '' ? null : word.trim())
  const amount = (word: string) => said(word.replaceAll(/[,，\s]/g, ''))
  return {
    project_name: text.project_name.trim(),
    approval_number: said(text.approval_number),
    site_in_city: text.site_in_city === '' ? null : text.site_in_city === 'true',
    site_town_code: said(text.site_town_code),
    contract_signed_on: said(text.contract_signed_on),
    verified_investment: amount(text.verified_investment),
    civil_works: amount(text.civil_works),
    filed_on: text.filed_on,
    state: STATES.find(state => state === text.state) ?? 'in_force',
  }
}

/** Only what was typed is kept: what stands on file is read anew, so that an old draft hides no later change. */
export function useFilingDraft(form: string, standing: FilingText) {
  const [draft, setDraft, clear] = useDraft(form)
  const typed = parse(draft)
  const text: FilingText = { ...standing, ...typed }
  const write = (field: keyof FilingFacts, value: string) =>
    setDraft(JSON.stringify({ ...typed, [field]: value }))
  return { text, write, clear }
}

function parse(draft: string): Partial<FilingText> {
  try {
    const value: unknown = JSON.parse(draft)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
