/** Money as the API gives it: a decimal string of yuan, `"30000000.00"`. Fen are whole and exact; no number is a double. */
type Fen = bigint

const FEN_A_YUAN = 100n

export const MONEY_SCALES = ['yuan', 'ten-thousand', 'million', 'hundred-million', 'billion'] as const
export type MoneyScale = (typeof MONEY_SCALES)[number]

const YUAN_OF: Record<MoneyScale, bigint> = {
  yuan: 1n,
  'ten-thousand': 10_000n,
  million: 1_000_000n,
  'hundred-million': 100_000_000n,
  billion: 1_000_000_000n,
}

/** Largest first: 万 and 亿 count in Chinese, millions and billions in English. */
const LADDER: Record<'zh' | 'en', readonly MoneyScale[]> = {
  zh: ['hundred-million', 'ten-thousand'],
  en: ['billion', 'million'],
}

/**
 * @param yuan a decimal string with at most two places
 * @throws RangeError for anything else
 */
export function fenOf(yuan: string): Fen {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(yuan)
  if (!match) throw new RangeError(`Not an amount in yuan: ${yuan}`)
  const [, sign, whole = '0', part = ''] = match
  const fen = BigInt(whole) * FEN_A_YUAN + BigInt(part.padEnd(2, '0'))
  return sign ? -fen : fen
}

/** The inverse of `fenOf`, with two places. */
export function yuanOf(fen: Fen): string {
  const magnitude = fen < 0n ? -fen : fen
  const part = (magnitude % FEN_A_YUAN).toString().padStart(2, '0')
  return `${fen < 0n ? '-' : ''}${magnitude / FEN_A_YUAN}.${part}`
}

/** The unit that a reader of the language would choose for an amount of this size. */
export function scaleOf(fen: Fen, language: 'zh' | 'en'): MoneyScale {
  const yuan = (fen < 0n ? -fen : fen) / FEN_A_YUAN
  return LADDER[language].find(scale => yuan >= YUAN_OF[scale]) ?? 'yuan'
}

/** Thousands separators and two digits, rounded half up in the unit given. */
export function figure(fen: Fen, scale: MoneyScale): string {
  const unit = YUAN_OF[scale]
  const magnitude = fen < 0n ? -fen : fen
  const hundredths = (magnitude + unit / 2n) / unit
  const whole = (hundredths / 100n).toString().replaceAll(/\B(?=(\d{3})+$)/g, ',')
  const sign = fen < 0n ? '−' : ''
  return `${sign}${whole}.${(hundredths % 100n).toString().padStart(2, '0')}`
}

/** Yuan as a number, for the length of a bar: never for a figure. */
export function lengthOf(yuan: string): number {
  return Number(fenOf(yuan)) / Number(FEN_A_YUAN)
}
