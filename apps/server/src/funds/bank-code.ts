const FORM = /^\d{12}$/

/**
 * Whether a text can be a CNAPS bank code (支付系统行号): three digits of the bank, four of the area, four of the
 * branch, and a check digit by ISO 7064 MOD 11,10.
 */
export function isBankCode(text: string): boolean {
  if (!FORM.test(text)) return false
  let product = 10
  for (const digit of text.slice(0, 11)) {
    const sum = (product + Number(digit)) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (product + Number(text.slice(11))) % 10 === 1
}
