/** What a register writes under registered capital, read exactly. */
export type CapitalReading =
  | {
      readonly kind: 'read'
      /** Decimal, in units of the currency (not 万): `"2355000"` */
      readonly amount: string
      /** ISO 4217; undefined when the currency's spelling is not known, and not guessed */
      readonly currency: string | undefined
    }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreadable' }

const CURRENCIES: Record<string, string> = {
  人民币: 'CNY',
  美: 'USD',
  美金: 'USD',
  港: 'HKD',
  港币: 'HKD',
  香港: 'HKD',
  日: 'JPY',
  日本: 'JPY',
  日圆: 'JPY',
  欧: 'EUR',
  英镑: 'GBP',
  澳门: 'MOP',
  澳门币: 'MOP',
  台币: 'TWD',
  新台币: 'TWD',
  加: 'CAD',
  加拿大: 'CAD',
  澳: 'AUD',
  澳大利亚: 'AUD',
  新加坡: 'SGD',
  新西兰: 'NZD',
  瑞士法郎: 'CHF',
  韩: 'KRW',
  韩国: 'KRW',
  泰铢: 'THB',
  泰国铢: 'THB',
  马来西亚林吉特: 'MYR',
  瑞典克朗: 'SEK',
  丹麦克朗: 'DKK',
  挪威克朗: 'NOK',
  俄罗斯卢布: 'RUB',
  印度卢比: 'INR',
  印尼盾: 'IDR',
  菲律宾比索: 'PHP',
  德国马克: 'DEM',
  法国法郎: 'FRF',
  意大利里拉: 'ITL',
}

/** Powers of ten that a scale word stands for. */
const SCALES: Record<string, number> = {
  '': 0,
  百: 2,
  千: 3,
  万: 4,
  十万: 5,
  百万: 6,
  千万: 7,
  亿: 8,
  万亿: 12,
}

const NOTHING = /^(?:N\/?A|NULL|NONE|-+|\/+|\*+|无|空|未知|不详|暂无)?$/i
const FORM = /^([^\d.,-]*)(\d+(?:,\d{3})*|\d+)(?:\.(\d+))?(万亿|十万|百万|千万|百|千|万|亿)?([^\d.,]*)$/
const DIGITS_MAX = 18
const PLACES_MAX = 6

/**
 * Reads registered capital in any of the forms that registers write: `235.5（万元）`, `180万人民币`,
 * `1,720(万香港元)`, `人民币50万元`. Yuan without a country is the currency of the land; a bare 万 leaves the
 * currency open, and a bare number leaves both open: whether it counts yuan or 万元 is not guessed.
 *
 * @param unit what the column's heading says in brackets, e.g. `万元`, for cells that hold a bare number
 */
export function readCapital(text: string, unit = ''): CapitalReading {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  if (NOTHING.test(plain)) return { kind: 'nothing' }
  const form = FORM.exec(plain.replace(/[()[\]【】]/g, ''))
  if (!form) return { kind: 'unreadable' }
  const [, before = '', whole = '', places = '', scale = '', after = ''] = form
  if (scale === '' && before === '' && after === '') {
    return unit === '' ? { kind: 'unreadable' } : readCapital(`${plain}(${unit})`)
  }
  const amount = shift(whole.replaceAll(',', ''), places, SCALES[scale] ?? 0)
  if (amount === undefined) return { kind: 'unreadable' }
  return { kind: 'read', amount, currency: currencyOf(before + after) }
}

/** 元 and 整 say nothing about whose yuan; `人民币元`, `元人民币` and `人民币` are one. */
function currencyOf(words: string): string | undefined {
  const name = words.replace(/[元圆整]$/, '').replace(/^[元圆]/, '')
  if (name === '') return /[元圆]/.test(words) ? 'CNY' : undefined
  return CURRENCIES[name] ?? CURRENCIES[words] ?? (/^[A-Za-z]{3}$/.test(name) ? isoCode(name) : undefined)
}

function isoCode(name: string): string | undefined {
  const upper = name.toUpperCase()
  if (upper === 'RMB') return 'CNY'
  return Object.values(CURRENCIES).includes(upper) ? upper : undefined
}

/** Moves the decimal point to the right, exactly; undefined when the column cannot hold the amount. */
function shift(whole: string, places: string, power: number): string | undefined {
  const fraction = places.slice(power).replace(/0+$/, '')
  const units = (whole + places.slice(0, power).padEnd(power, '0')).replace(/^0+(?=\d)/, '')
  if (units.length > DIGITS_MAX || fraction.length > PLACES_MAX) return undefined
  return fraction === '' ? units : `${units}.${fraction}`
}
