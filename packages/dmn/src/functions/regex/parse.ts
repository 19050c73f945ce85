import { ANY, between, multipleEscape, NO_LINE_END, none, oneOf, property } from './characters.ts'
import { type Characters, type Flags, type Pattern, PatternError } from './syntax.ts'

export interface Parsed {
  readonly pattern: Pattern
  readonly groups: number
  readonly hasBackReference: boolean
}

const DEPTH_MAX = 100
const REPEAT_MAX = 10_000
/** Characters a backslash takes their meaning away from. */
const ESCAPABLE = new Set('\\|.?*+(){}-[]^$')
const CONTROL: ReadonlyMap<string, number> = new Map([
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
])

/** @throws PatternError */
export function parsePattern(text: string, flags: Flags): Parsed {
  if (flags.literal) {
    const items = [...text].map(character => literal(character, flags))
    return { pattern: { kind: 'sequence', items }, groups: 0, hasBackReference: false }
  }
  return new Parser([...text], flags).parse()
}

function literal(character: string, { ignoreCase }: Flags): Pattern {
  const point = character.codePointAt(0) ?? 0
  return { kind: 'character', of: between(point, point, ignoreCase) }
}

class Parser {
  readonly #text: readonly string[]
  readonly #flags: Flags
  #at = 0
  #groups = 0
  /** Groups that are closed: only these can be referred to. */
  readonly #closed = new Set<number>()
  #hasBackReference = false

  constructor(text: readonly string[], flags: Flags) {
    this.#text = text
    this.#flags = flags
  }

  parse(): Parsed {
    const pattern = this.#either(0)
    if (this.#at < this.#text.length) this.#unexpected()
    return { pattern, groups: this.#groups, hasBackReference: this.#hasBackReference }
  }

  #peek(): string | undefined {
    if (this.#flags.spaced) {
      while (/^[\t\n\r ]$/.test(this.#text[this.#at] ?? '')) this.#at++
    }
    return this.#text[this.#at]
  }

  #takes(character: string): boolean {
    if (this.#peek() !== character) return false
    this.#at++
    return true
  }

  #unexpected(): never {
    const found = this.#text[this.#at]
    throw new PatternError(
      found === undefined
        ? '正则表达式没有写完。'
        : `正则表达式第 ${this.#at + 1} 个字符“${found}”不应出现在那里。`,
      found === undefined
        ? 'The regular expression is not finished.'
        : `The regular expression has a "${found}" at character ${this.#at + 1} where none can stand.`,
    )
  }

  #either(depth: number): Pattern {
    if (depth > DEPTH_MAX) this.#unexpected()
    const branches = [this.#sequence(depth)]
    while (this.#takes('|')) branches.push(this.#sequence(depth))
    const [only] = branches
    return branches.length === 1 && only ? only : { kind: 'either', branches }
  }

  #sequence(depth: number): Pattern {
    const items: Pattern[] = []
    for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek()) {
      items.push(this.#repeated(this.#atom(depth)))
    }
    return { kind: 'sequence', items }
  }

  #repeated(of: Pattern): Pattern {
    const bounds = this.#quantifier()
    if (bounds === null) return of
    const lazy = this.#takes('?')
    return { kind: 'repeat', of, ...bounds, lazy }
  }

  #quantifier(): { readonly min: number; readonly max: number } | null {
    if (this.#takes('?')) return { min: 0, max: 1 }
    if (this.#takes('*')) return { min: 0, max: Number.POSITIVE_INFINITY }
    if (this.#takes('+')) return { min: 1, max: Number.POSITIVE_INFINITY }
    if (!this.#takes('{')) return null
    const min = this.#count()
    let max = min
    if (this.#takes(',')) max = this.#peek() === '}' ? Number.POSITIVE_INFINITY : this.#count()
    if (!this.#takes('}') || max < min) this.#unexpected()
    return { min, max }
  }

  #count(): number {
    let digits = ''
    for (let next = this.#peek(); next !== undefined && /^[0-9]$/.test(next); next = this.#peek()) {
      digits += next
      this.#at++
    }
    const count = Number(digits)
    if (digits === '' || count > REPEAT_MAX) this.#unexpected()
    return count
  }

  #atom(depth: number): Pattern {
    const character = this.#peek()
    if (character === undefined || '?*+{})]'.includes(character)) return this.#unexpected()
    this.#at++
    switch (character) {
      case '.':
        return { kind: 'character', of: this.#flags.dotAll ? ANY : NO_LINE_END }
      case '^':
        return { kind: 'anchor', at: 'start' }
      case '$':
        return { kind: 'anchor', at: 'end' }
      case '(':
        return this.#group(depth)
      case '[':
        return { kind: 'character', of: this.#class(depth) }
      case '\\':
        return this.#escape()
      default:
        return literal(character, this.#flags)
    }
  }

  #group(depth: number): Pattern {
    if (this.#takes('?')) {
      if (!this.#takes(':')) this.#unexpected()
      const of = this.#either(depth + 1)
      if (!this.#takes(')')) this.#unexpected()
      return of
    }
    const index = ++this.#groups
    const of = this.#either(depth + 1)
    if (!this.#takes(')')) this.#unexpected()
    this.#closed.add(index)
    return { kind: 'group', of, index }
  }

  #escape(): Pattern {
    const next = this.#peek()
    if (next !== undefined && /^[1-9]$/.test(next)) return this.#backReference()
    const escaped = this.#escaped()
    if (typeof escaped === 'function') return { kind: 'character', of: escaped }
    return { kind: 'character', of: between(escaped, escaped, this.#flags.ignoreCase) }
  }

  /** As many digits as still name a group. */
  #backReference(): Pattern {
    let index = 0
    for (let next = this.#text[this.#at]; next !== undefined && /^[0-9]$/.test(next); ) {
      const longer = index * 10 + Number(next)
      if (index > 0 && longer > this.#groups) break
      index = longer
      next = this.#text[++this.#at]
    }
    if (!this.#closed.has(index)) this.#unexpected()
    this.#hasBackReference = true
    return { kind: 'back reference', index }
  }

  /** After a backslash: a code point, or a class of them. */
  #escaped(): number | Characters {
    const letter = this.#text[this.#at]
    if (letter === undefined) return this.#unexpected()
    const point = CONTROL.get(letter) ?? (ESCAPABLE.has(letter) ? letter.codePointAt(0) : undefined)
    if (point !== undefined) {
      this.#at++
      return point
    }
    const characters = letter === 'p' || letter === 'P' ? this.#property(letter) : multipleEscape(letter)
    if (characters === undefined) return this.#unexpected()
    this.#at++
    return characters
  }

  /** Leaves the closing brace to the caller. */
  #property(letter: string): Characters | undefined {
    const end = this.#text.indexOf('}', this.#at)
    if (this.#text[this.#at + 1] !== '{' || end < 0) return undefined
    const characters = property(this.#text.slice(this.#at + 2, end).join(''))
    if (characters === undefined) return undefined
    this.#at = end
    return letter === 'p' ? characters : none(characters)
  }

  /** After `[`: blanks count inside a class, whatever the flags. */
  #class(depth: number): Characters {
    if (depth > DEPTH_MAX) this.#unexpected()
    const negated = this.#text[this.#at] === '^'
    if (negated) this.#at++
    const members: Characters[] = []
    for (let first = true; ; first = false) {
      const next = this.#text[this.#at]
      if (next === undefined) this.#unexpected()
      if (next === ']' && !first) break
      if (next === '-' && this.#text[this.#at + 1] === '[' && !first) {
        this.#at += 2
        const without = this.#class(depth + 1)
        if (this.#text[this.#at] !== ']') this.#unexpected()
        this.#at++
        const group = negated ? none(oneOf(members)) : oneOf(members)
        return codePoint => group(codePoint) && !without(codePoint)
      }
      members.push(this.#member())
    }
    this.#at++
    return negated ? none(oneOf(members)) : oneOf(members)
  }

  #member(): Characters {
    const low = this.#single()
    if (typeof low === 'function') return low
    const [dash, after] = [this.#text[this.#at], this.#text[this.#at + 1]]
    if (dash !== '-' || after === undefined || after === ']' || after === '[') {
      return between(low, low, this.#flags.ignoreCase)
    }
    this.#at++
    const high = this.#single()
    if (typeof high === 'function' || high < low) return this.#unexpected()
    return between(low, high, this.#flags.ignoreCase)
  }

  #single(): number | Characters {
    const character = this.#text[this.#at]
    if (character === undefined || character === '[' || character === ']') return this.#unexpected()
    this.#at++
    return character === '\\' ? this.#escaped() : (character.codePointAt(0) ?? 0)
  }
}
