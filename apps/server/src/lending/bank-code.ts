const BANK_CODE = /^\d{12}$/

/**
 * Whether a text is a CNAPS bank code: twelve digits, the last one a check digit.
 * Source: ISO 7064, MOD 11,10
 */
export function isBankCode(text: string): boolean {
  if (!BANK_CODE.test(text)) return false
  let product = 10
  for (const digit of text.slice(0, 11)) {
    const sum = (product + Number(digit)) % 10 || 10
    product = (sum * 2) % 11
  }
  return (product + Number(text[11])) % 10 === 1
}
