/** What can be wrong with a code, in the order in which it is looked for. */
export type CreditCodeFault = 'length' | 'charset' | 'category' | 'division' | 'check-digit'

export interface CreditCodeCheck {
  /** The first fault; undefined when the code is sound. Only a check digit can be overridden with evidence. */
  readonly fault: CreditCodeFault | undefined
  /** The check digit that the first seventeen characters call for, once they are all in the alphabet. */
  readonly expectedCheckDigit: string | undefined
  /** The organisation code inside (positions 9-17) carries its own check digit. Advisory: real codes fail it. */
  readonly organisationCodeHolds: boolean
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const LENGTH = 18
const WELL_FORMED = /^[0-9A-HJ-NPQRTUWXY]{18}$/
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ORGANISATION_CODE_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** Registering departments (first character) and the categories (second) that each gives out. */
const CATEGORY = /^(?:1[1239]|[2-8][1-9]|9[1239]|A[1-9]|N[1239]|Y[1-9])/
/** GB/T 2260 of the registrar; central registrars use 100000. */
const DIVISION = /^[1-9]\d{5}$/

/** Values of characters by char code, so that 680,000 codes are read without a search in the alphabet. */
const VALUE = new Int8Array(128).fill(-1)
for (let value = 0; value < ALPHABET.length; value++) VALUE[ALPHABET.charCodeAt(value)] = value

/**
 * Writes a code as the standard does: half-width, upper case, without spaces and hyphens. Letters that the
 * alphabet does not have (I, O, S, V, Z) are left as they are: what was meant is not guessed.
 */
export function normaliseCreditCode(text: string): string {
  if (WELL_FORMED.test(text)) return text
  return text
    .normalize('NFKC')
    .replace(/[\s\-‐-―−_\u200b\ufeff]/g, '')
    .toUpperCase()
}

/**
 * Checks a normalised unified social credit code. That it is sound never proves that the organisation exists.
 *
 * Source: GB 32100-2015; the organisation code inside, GB 11714-1997
 */
export function checkCreditCode(code: string): CreditCodeCheck {
  if (code.length !== LENGTH) return faulty('length')
  if (!WELL_FORMED.test(code)) return faulty('charset')
  const expectedCheckDigit = checkDigit(code)
  const organisationCodeHolds = organisationCodeCheck(code.slice(8, 16)) === code[16]
  const fault = firstFault(code, expectedCheckDigit)
  return { fault, expectedCheckDigit, organisationCodeHolds }
}

function firstFault(code: string, expectedCheckDigit: string): CreditCodeFault | undefined {
  if (!CATEGORY.test(code)) return 'category'
  if (!DIVISION.test(code.slice(2, 8))) return 'division'
  return code[17] === expectedCheckDigit ? undefined : 'check-digit'
}

function faulty(fault: CreditCodeFault): CreditCodeCheck {
  return { fault, expectedCheckDigit: undefined, organisationCodeHolds: false }
}

/** The eighteenth character, from the seventeen before it. */
export function checkDigit(code: string): string {
  let sum = 0
  for (let index = 0; index < WEIGHTS.length; index++) {
    sum += (VALUE[code.charCodeAt(index)] ?? 0) * (WEIGHTS[index] ?? 0)
  }
  return ALPHABET[(31 - (sum % 31)) % 31] ?? ''
}

/** The ninth character of an organisation code, from the eight before it; letters count from A = 10. */
export function organisationCodeCheck(body: string): string {
  let sum = 0
  for (let index = 0; index < ORGANISATION_CODE_WEIGHTS.length; index++) {
    sum += Number.parseInt(body[index] ?? '0', 36) * (ORGANISATION_CODE_WEIGHTS[index] ?? 0)
  }
  const value = 11 - (sum % 11)
  return value === 10 ? 'X' : value === 11 ? '0' : String(value)
}

/** GB/T 2260 code of the place of registration; undefined for what central registrars registered. */
export function divisionOf(code: string): string | undefined {
  const division = code.slice(2, 8)
  return division === '100000' ? undefined : division
}
