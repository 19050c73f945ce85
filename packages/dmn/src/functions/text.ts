import { Decimal } from '../value/number.ts'
import { stepsOf } from '../value/size.ts'
import { TEXT_LENGTH_MAX } from '../value/to-text.ts'
import type { Value } from '../value/value.ts'
import type { BuiltIn, CallEnvironment } from './built-in.ts'
import { builtIn, listOf, outside, takes, way } from './signature.ts'

const STRING = takes('string', 'string')
const MATCH = takes('match', 'string')

type OneText = readonly [string]
type TwoTexts = readonly [string, string]

function ofTwoTexts(name: string, answer: (text: string, match: string) => boolean): BuiltIn {
  return builtIn(
    name,
    way<TwoTexts>([STRING, MATCH], 'boolean', ([text, match], env) => {
      spendOn(text, env)
      return answer(text, match)
    }),
  )
}

export function spendOn(text: string, env: CallEnvironment): void {
  env.spend(stepsOf(text))
}

export const TEXT: readonly BuiltIn[] = [
  builtIn(
    'substring',
    way<readonly [string, Decimal, Decimal?]>(
      [STRING, takes('start position', 'number'), takes('length?', 'number')],
      'string',
      ([text, start, length], env) => {
        spendOn(text, env)
        return substring(text, start, length) ?? outside(env)
      },
    ),
  ),
  builtIn(
    'string length',
    way<OneText>([STRING], 'number', ([text], env) => {
      spendOn(text, env)
      return new Decimal(countOfCharacters(text))
    }),
  ),
  builtIn(
    'upper case',
    way<OneText>([STRING], 'string', ([text], env) => {
      spendOn(text, env)
      return text.toUpperCase()
    }),
  ),
  builtIn(
    'lower case',
    way<OneText>([STRING], 'string', ([text], env) => {
      spendOn(text, env)
      return text.toLowerCase()
    }),
  ),
  builtIn(
    'substring before',
    way<TwoTexts>([STRING, MATCH], 'string', ([text, match], env) => {
      spendOn(text, env)
      return text.slice(0, Math.max(0, text.indexOf(match)))
    }),
  ),
  builtIn(
    'substring after',
    way<TwoTexts>([STRING, MATCH], 'string', ([text, match], env) => {
      spendOn(text, env)
      const at = text.indexOf(match)
      return at < 0 ? '' : text.slice(at + match.length)
    }),
  ),
  ofTwoTexts('contains', (text, match) => text.includes(match)),
  ofTwoTexts('starts with', (text, match) => text.startsWith(match)),
  ofTwoTexts('ends with', (text, match) => text.endsWith(match)),
  builtIn(
    'string join',
    way<readonly [readonly (string | null)[], (string | null)?]>(
      [takes('list', listOf('string')), takes('delimiter?', 'string', { nullable: true })],
      'string',
      ([list, delimiter], env) => join(list, delimiter ?? '', env),
    ),
  ),
]

export function countOfCharacters(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const next = text.charCodeAt(i + 1) // NaN past the end
    if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000) i++
    count++
  }
  return count
}

/**
 * Counts characters (code points) from 1, or from the end when negative; decimals of position and length are
 * dropped. Null for a position of 0 and for a length below 0; a position past the end gives the empty text.
 */
export function substring(text: string, start: Decimal, length: Decimal | undefined): string | null {
  const position = start.trunc().toNumber()
  const count = length?.trunc().toNumber()
  if (position === 0 || (count !== undefined && count < 0)) return null
  const characters = [...text]
  const from = position < 0 ? characters.length + position : position - 1
  if (from < 0) return null
  return characters.slice(from, count === undefined ? undefined : from + count).join('')
}

/** Texts that are null are left out (DMN 1.5, table 76). */
function join(list: readonly (string | null)[], delimiter: string, env: CallEnvironment): Value {
  const texts = list.filter(text => text !== null)
  const length = texts.reduce((sum, text) => sum + text.length + delimiter.length, 0)
  if (length > TEXT_LENGTH_MAX) return tooLong(env)
  env.spend(texts.length)
  const joined = texts.join(delimiter)
  spendOn(joined, env)
  return joined
}

const STEPS_OF_LONGEST = TEXT_LENGTH_MAX / 20

/** Notes that a text would be too long, after all but that much has been written. */
export function tooLong(env: CallEnvironment): null {
  env.spend(STEPS_OF_LONGEST)
  return env.fail('limit', {
    zh: `文本长于 ${TEXT_LENGTH_MAX} 个字符，结果按空值处理。`,
    en: `The text is longer than ${TEXT_LENGTH_MAX} characters; the result is null.`,
  })
}
