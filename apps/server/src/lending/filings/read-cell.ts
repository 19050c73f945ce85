import { isDate, type PlainDate } from '../../platform/dates.ts'
import type { Fen } from '../../platform/money.ts'
import { FILING_STATES, type FilingState } from './filing.ts'

const DAY =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))$/

/** A day as sheets write it; undefined where it is none. */
export function readDay(text: string): PlainDate | undefined {
  const match = DAY.exec(
    text
      .normalize('NFKC')
      .replace(/[T ]\d{1,2}:\d{2}.*$/, '')
      .trim(),
  )
  if (!match) return undefined
  const [year = '', month = '', day = ''] = match.slice(1).filter(part => part !== undefined)
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDate(date) ? date : undefined
}

const AMOUNT = /^(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d{1,8}))?(万|亿)?元?(?:人民币)?$/
/** How many decimal places the unit is above the yuan. */
const PLACES: Record<string, number> = { '': 0, 万: 4, 亿: 8 }

/**
 * An amount in fen; undefined where it is none, or is finer than a fen.
 *
 * @param unit what the heading says in brackets: `万元`; the cell's own unit comes before it
 */
export function readAmount(text: string, unit: string): Fen | undefined {
  const match = AMOUNT.exec(text.normalize('NFKC').replaceAll(/\s/g, '').replace(/^¥/, ''))
  if (!match) return undefined
  const [, whole = '', decimals = '', own] = match
  const places = 2 + (PLACES[own ?? /[万亿]/.exec(unit)?.[0] ?? ''] ?? 0)
  const beyond = decimals.slice(places)
  if (/[1-9]/.test(beyond)) return undefined
  return BigInt(whole.replaceAll(',', '') + decimals.slice(0, places).padEnd(places, '0'))
}

const STATE_WORDS: Record<FilingState, readonly string[]> = {
  in_force: ['有效', '在建', '实施中', '建设中', '正常', 'in force'],
  completed: ['已完成', '完成', '竣工', '已竣工', '已验收', '完工'],
  revoked: ['撤销', '已撤销', '撤回', '已撤回', '注销', '已注销', 'withdrawn'],
}
export const STATE_WORDS_SHOWN = '实施中、已完成、撤销 (in_force, completed, revoked)'

export function readState(text: string): FilingState | undefined {
  const word = text.normalize('NFKC').trim().toLowerCase()
  return FILING_STATES.find(state => state === word || STATE_WORDS[state].includes(word))
}
