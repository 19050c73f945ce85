/** The characters of FEEL's grammar (DMN 1.5, 10.3.1.2, rules 27 to 31 and 62 to 63). */

type Ranges = readonly (readonly [first: number, last: number])[]

const BLANK: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200b],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]

const NAME_START: Ranges = [
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
]

const NAME_PART_ONLY: Ranges = [
  [0x30, 0x39],
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
]

const [PART, START, BLANKS] = [1, 2, 3] as const

/**
 * The kind of each character of the basic plane, looked up for every one read. U+1680, U+180E and U+FEFF stand among
 * the letters of the grammar as well as among its blanks; blanks they are.
 */
const KINDS = new Uint8Array(0x10000)
for (const [ranges, kind] of [
  [NAME_PART_ONLY, PART],
  [NAME_START, START],
  [BLANK, BLANKS],
] as const) {
  for (const [first, last] of ranges) KINDS.fill(kind, first, last + 1)
}

const PLANES_LAST = 0xeffff

function kindOf(character: string): number | undefined {
  const point = character.codePointAt(0)
  if (point === undefined) return undefined
  return point < 0x10000 ? KINDS[point] : point <= PLANES_LAST ? START : 0
}

export function isBlank(character: string): boolean {
  return kindOf(character) === BLANKS
}

export function isNameStart(character: string): boolean {
  return kindOf(character) === START
}

export function isNamePart(character: string): boolean {
  const kind = kindOf(character)
  return kind === START || kind === PART
}

/** Symbols a name may hold besides its words. */
export function isNameSymbol(character: string): boolean {
  return character !== '' && "./-’'+*".includes(character)
}

export function isDigit(character: string): boolean {
  return character >= '0' && character <= '9'
}

/** Names are compared with their blanks collapsed, as FEEL prescribes. */
export function normalizeName(name: string): string {
  let normal = ''
  for (const character of name) {
    if (!isBlank(character)) normal += character
    else if (normal !== '' && !normal.endsWith(' ')) normal += ' '
  }
  return normal.endsWith(' ') ? normal.slice(0, -1) : normal
}
