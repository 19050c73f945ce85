import type { PlainDate } from './calendar.ts'
import {
  type Checked,
  choice,
  date,
  list,
  nullable,
  object,
  optional,
  rate,
  text,
  whole,
  yes,
  yuan,
} from './check.ts'

/** How a bank hands its messages over: one by one, or as a file at the end of the day. */
export type Channel = 'single' | 'ndjson' | 'csv'

/** A key to sign with. `ed25519`: the 32-byte seed (RFC 8032) in base64; `sm2`: the scalar, 64 hexadecimal digits. */
export interface SigningKey {
  readonly key_id: string
  readonly algorithm: 'ed25519' | 'sm2'
  readonly private_key: string
}

export interface WorldBank extends SigningKey {
  /** CNAPS bank code, 12 digits. */
  readonly code: string
  readonly name: string
  /** First day on which a loan that it grants counts for the programme; null: it never joined. */
  readonly cooperating_from: PlainDate | null
  /** Last such day, itself counted; null: still cooperating. */
  readonly cooperating_to: PlainDate | null
  /** Left out: the banks take the three channels in turn, in the order in which they stand. */
  readonly channel?: Channel | undefined
}

interface WorldTreasury extends SigningKey {
  /** The agent bank that books the payments. */
  readonly bank_code: string
  readonly name: string
}

/** What the registers say of an enterprise. null: the register does not say. */
export interface WorldEnterprise {
  readonly credit_code: string
  readonly name: string
  /** 存续, 吊销… exactly as the rules read it. */
  readonly status: string | null
  /** On the list of dishonest judgment debtors (失信被执行人). */
  readonly dishonest: boolean | null
}

/** A project on file (备案). null: not known. */
export interface WorldFiling {
  readonly filing_number: string
  readonly credit_code: string
  readonly filed_on: PlainDate
  readonly state: 'in_force' | 'completed' | 'revoked'
  /** Approval or record number of the investment project (核准或备案). */
  readonly approval_number: string | null
  readonly site_in_city: boolean | null
  readonly contract_signed_on: PlainDate | null
  /** Yuan. */
  readonly verified_investment: string | null
  /** Yuan; not financed by the programme. */
  readonly civil_works: string | null
}

/** The parameters of the interest-subsidy policy, as the city has them. Only the model reads all of them. */
export interface Policy {
  /** The product that counts, 数字贷. */
  readonly product: string
  /** The status an enterprise must have, 存续. */
  readonly enterprise_status: string
  /** Interest of days from `starts_on` to `ends_on`, both counted, is covered. */
  readonly starts_on: PlainDate
  readonly ends_on: PlainDate
  /** A filing lapses when no loan was drawn within this many months of it. */
  readonly filing_lapse_months: number
  /** Projects in force at once. */
  readonly projects_max: number
  /** Years from a loan's first drawdown during which its interest is covered. */
  readonly years_max: number
  /** The share of the interest that is paid, by year of the loan: `["1"]` or `["0.9", "0.8", "0.7"]`; the last one stays. */
  readonly subsidy_rates: readonly string[]
  /** Yuan per enterprise and calendar year, not carried over. */
  readonly yearly_cap: string
  /** Yuan by which reported and computed interest of a period may differ. */
  readonly interest_tolerance: string
}

/** All that the example bank is told of the city: the enterprises, their filings, the banks it plays. */
export interface World {
  readonly seed: number
  readonly city: { readonly code: string }
  /** The first business day of the story. */
  readonly from: PlainDate
  readonly banks: readonly WorldBank[]
  readonly treasury: WorldTreasury
  readonly enterprises: readonly WorldEnterprise[]
  readonly filings: readonly WorldFiling[]
  readonly policy: Policy
}

const signingKey = {
  key_id: text,
  algorithm: choice('ed25519', 'sm2'),
  private_key: text,
}

const bank = object({
  ...signingKey,
  code: text,
  name: text,
  cooperating_from: nullable(date),
  cooperating_to: nullable(date),
  channel: optional(choice('single', 'ndjson', 'csv')),
})

const filing = object({
  filing_number: text,
  credit_code: text,
  filed_on: date,
  state: choice('in_force', 'completed', 'revoked'),
  approval_number: nullable(text),
  site_in_city: nullable(yes),
  contract_signed_on: nullable(date),
  verified_investment: nullable(yuan),
  civil_works: nullable(yuan),
})

const policy = object({
  product: text,
  enterprise_status: text,
  starts_on: date,
  ends_on: date,
  filing_lapse_months: whole,
  projects_max: whole,
  years_max: whole,
  subsidy_rates: list(rate, 1),
  yearly_cap: yuan,
  interest_tolerance: yuan,
})

const world: Checked<World> = object({
  seed: whole,
  city: object({ code: text }),
  from: date,
  banks: list(bank, 1),
  treasury: object({ ...signingKey, bank_code: text, name: text }),
  enterprises: list(
    object({ credit_code: text, name: text, status: nullable(text), dishonest: nullable(yes) }),
    1,
  ),
  filings: list(filing, 1),
  policy,
})

/**
 * Reads the world file that the platform exports. Fields that the bank does not know are ignored.
 *
 * @throws WorldError with the path of the first field that is wrong, what stands there, and what should
 */
export function parseWorld(value: unknown): World {
  return world(value, 'world')
}
