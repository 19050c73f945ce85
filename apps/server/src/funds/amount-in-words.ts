import type { Fen } from '../platform/money.ts'

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟'] as const
/** Groups of four digits: 元, 万, 亿, 万亿. */
const GROUPS = ['', '万', '亿', '万亿'] as const
const LIMIT_FEN = 10n ** 18n

/**
 * Writes an amount as receipts do (大写金额): `100000.00` → `壹拾万元整`. One 零 stands for any run of empty places
 * between two that are not; 整 closes an amount without fen.
 *
 * @param fen below 10,000 万亿 yuan; a negative amount begins with 负
 * @throws RangeError beyond that
 * Source: 支付结算办法 附一《正确填写票据和结算凭证的基本规定》(银发〔1997〕393号)
 */
export function amountInWords(fen: Fen): string {
  if (fen < 0n) return `负${amountInWords(-fen)}`
  if (fen >= LIMIT_FEN) throw new RangeError(`Too much to write out: ${fen} fen`)
  const yuan = fen / 100n
  const jiao = Number((fen / 10n) % 10n)
  const cent = Number(fen % 10n)
  if (fen === 0n) return '零元整'
  return `${yuanInWords(yuan)}${centsInWords(jiao, cent, yuan)}`
}

function yuanInWords(yuan: bigint): string {
  if (yuan === 0n) return ''
  let words = ''
  let gap = false
  const digits = yuan.toString()
  for (let group = Math.ceil(digits.length / 4) - 1; group >= 0; group--) {
    const four = digits.slice(0, digits.length - group * 4).slice(-4)
    for (const [i, digit] of [...four].entries()) {
      if (digit === '0') {
        gap = words !== ''
        continue
      }
      words += `${gap ? '零' : ''}${DIGITS[Number(digit)]}${PLACES[four.length - 1 - i]}`
      gap = false
    }
    words += groupName(four, group, digits)
  }
  return `${words}元`
}

/** 万亿 is said as 万 before its 亿: 壹万贰仟亿, not 壹万亿贰仟亿. */
function groupName(four: string, group: number, digits: string): string {
  const hundredMillions = digits.slice(0, -8).slice(-4)
  if (group === 3) return Number(hundredMillions) === 0 ? '万亿' : '万'
  return Number(four) === 0 ? '' : (GROUPS[group] ?? '')
}

function centsInWords(jiao: number, cent: number, yuan: bigint): string {
  if (jiao === 0 && cent === 0) return '整'
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : yuan > 0n ? '零' : ''
  return cent > 0 ? `${tenths}${DIGITS[cent]}分` : `${tenths}整`
}
