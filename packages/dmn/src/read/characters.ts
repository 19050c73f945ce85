/** The characters of FEEL's grammar (DMN 1.5, 10.3.1.2, rules 27 to 31 and 62 to 63). */

const BLANK = /[\t-\r\u0020\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]/u

/** First and last code point of each range. */
const NAME_START: readonly (readonly [number, number])[] = [
  [0x3f, 0x3f],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0xeffff],
]

const NAME_PART_ONLY: readonly (readonly [number, number])[] = [
  [0x30, 0x39],
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
]

export function isBlank(character: string): boolean {
  return character !== '' && BLANK.test(character)
}

export function isNameStart(character: string): boolean {
  // U+1680, U+180E and U+FEFF stand among the letters of the grammar as well as among its blanks; blanks they are.
  return isWithin(NAME_START, character) && !isBlank(character)
}

export function isNamePart(character: string): boolean {
  return isNameStart(character) || isWithin(NAME_PART_ONLY, character)
}

function isWithin(ranges: readonly (readonly [number, number])[], character: string): boolean {
  const point = character.codePointAt(0)
  return point !== undefined && ranges.some(([first, last]) => point >= first && point <= last)
}

/** Symbols a name may hold besides its words. */
export function isNameSymbol(character: string): boolean {
  return character !== '' && "./-’'+*".includes(character)
}

export function isDigit(character: string): boolean {
  return character >= '0' && character <= '9'
}

const BLANKS = new RegExp(`(?:${BLANK.source})+`, 'gu')

/** Names are compared with their blanks collapsed, as FEEL prescribes. */
export function normalizeName(name: string): string {
  const collapsed = name.replace(BLANKS, ' ')
  return collapsed.replace(/^ | $/g, '')
}
