const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/**
 * A unified social credit code of an enterprise that does not exist: sound in both check digits, and with an
 * organisation code that begins with `DM` as no register gives it out.
 *
 * Source: GB 32100-2015, GB 11714-1997
 *
 * @param number below 31⁶
 */
export function fictionalCreditCode(division: string, number: number): string {
  let body = ''
  for (let rest = number, place = 0; place < 6; place++, rest = Math.trunc(rest / 31)) {
    body = `${ALPHABET[rest % 31]}${body}`
  }
  const organisation = `DM${body}`
  const first17 = `91${division}${organisation}${organisationCheck(organisation)}`
  return first17 + creditCodeCheck(first17)
}

function organisationCheck(body: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, index) => total + weight * Number.parseInt(body[index] ?? '0', 36),
    0,
  )
  const value = 11 - (sum % 11)
  return value === 10 ? 'X' : value === 11 ? '0' : String(value)
}

function creditCodeCheck(first17: string): string {
  let sum = 0
  let weight = 1
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET[(31 - (sum % 31)) % 31] ?? '0'
}

/**
 * A CNAPS bank code of a bank that does not exist: no bank has the number 999.
 *
 * Source: ISO 7064 MOD 11,10 for the check digit
 *
 * @param number from 1
 */
export function fictionalBankCode(number: number): string {
  const digits = `9990000${String(number).padStart(4, '0')}`
  let product = 10
  for (const digit of digits) product = (((product + Number(digit)) % 10 || 10) * 2) % 11
  return digits + String((11 - product) % 10)
}
