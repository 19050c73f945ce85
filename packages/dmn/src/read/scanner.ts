import { isBlank, isDigit, isNamePart, isNameStart } from './characters.ts'
import { unescapeString } from './literals.ts'
import { FeelSyntaxError } from './syntax.ts'

/** Words that end an expression or join two, and so end a name nobody declared. */
const JOINING: ReadonlySet<string> = new Set([
  'and',
  'or',
  'between',
  'in',
  'instance',
  'then',
  'else',
  'return',
  'satisfies',
])

/** Where the reading of one FEEL text stands, and its smallest pieces. */
export class Scanner {
  readonly text: string
  #at = 0
  /** End of what was read last, before the blanks that follow it. */
  end = 0

  constructor(text: string) {
    this.text = text
    this.skipBlanks()
    this.end = 0
  }

  get at(): number {
    return this.#at
  }

  /** Goes on at `offset`, which lies behind something read. */
  moveTo(offset: number): void {
    this.#at = offset
    this.end = offset
    this.skipBlanks()
  }

  get atEnd(): boolean {
    return this.#at >= this.text.length
  }

  /** The character at an offset, a whole code point. */
  character(offset = this.#at): string {
    const point = this.text.codePointAt(offset)
    return point === undefined ? '' : String.fromCodePoint(point)
  }

  /** Blanks and comments. */
  skipBlanks(): void {
    this.#at = this.afterBlanks(this.#at)
  }

  afterBlanks(offset: number): number {
    let at = offset
    for (;;) {
      const character = this.text[at] ?? ''
      if (isBlank(character)) at++
      else if (this.text.startsWith('//', at)) at = this.#endOfLine(at)
      else if (this.text.startsWith('/*', at)) {
        const close = this.text.indexOf('*/', at + 2)
        if (close < 0) {
          throw new FeelSyntaxError(
            at,
            this.text.length,
            '注释没有结束，请补上“*/”。',
            'The comment has no end; add "*/".',
          )
        }
        at = close + 2
      } else return at
    }
  }

  #endOfLine(offset: number): number {
    let at = offset
    while (at < this.text.length && !/[\n\v\f\r\u0085\u2028\u2029]/.test(this.text[at] ?? '')) at++
    return at
  }

  looksAt(symbol: string): boolean {
    return this.text.startsWith(symbol, this.#at)
  }

  /** Takes the symbol if it stands here. */
  takes(symbol: string): boolean {
    if (!this.looksAt(symbol)) return false
    this.moveTo(this.#at + symbol.length)
    return true
  }

  expects(symbol: string): void {
    if (!this.takes(symbol)) throw this.unreadable(`“${symbol}”`, `"${symbol}"`)
  }

  looksAtWord(word: string): boolean {
    return this.looksAt(word) && !isNamePart(this.character(this.#at + word.length))
  }

  /** Takes the keyword if it stands here, as a whole word. */
  takesWord(word: string): boolean {
    if (!this.looksAtWord(word)) return false
    this.moveTo(this.#at + word.length)
    return true
  }

  expectsWord(word: string): void {
    if (!this.takesWord(word)) throw this.unreadable(`“${word}”`, `"${word}"`)
  }

  /** End of the word at an offset: a letter, then letters and digits. */
  endOfWord(offset: number): number {
    let at = offset
    for (let next = this.character(at); isNamePart(next); next = this.character(at)) at += next.length
    return at
  }

  /** End of the words that follow each other here, up to a keyword: a name nobody declared. */
  endOfWords(offset: number): number {
    let end = this.endOfWord(offset)
    for (;;) {
      const next = this.afterBlanks(end)
      if (next === end || !isNamePart(this.character(next))) return end
      const after = this.endOfWord(next)
      if (JOINING.has(this.text.slice(next, after))) return end
      end = after
    }
  }

  get atNameStart(): boolean {
    return isNameStart(this.character())
  }

  get atNumber(): boolean {
    const [first = '', second = ''] = this.text.slice(this.#at, this.#at + 2)
    return isDigit(first) || (first === '.' && isDigit(second))
  }

  /** `12`, `1.5`, `.5`, each with an exponent; the digits as written. */
  number(): string {
    const pattern = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y
    pattern.lastIndex = this.#at
    const digits = pattern.exec(this.text)?.[0] ?? ''
    this.moveTo(this.#at + digits.length)
    // `2024年` and `1e` are no numbers, and two words in a row are never an expression.
    if (this.end === this.#at && this.atNameStart) throw this.unreadable('运算符', 'an operator')
    return digits
  }

  /** A text in double quotes, its escapes resolved. */
  string(): string {
    const from = this.#at
    let at = from + 1
    while (at < this.text.length && this.text[at] !== '"') at += this.text[at] === '\\' ? 2 : 1
    if (at >= this.text.length) {
      throw new FeelSyntaxError(
        from,
        this.text.length,
        '文本缺少右引号，请补上。',
        'The text has no closing quote; add it.',
      )
    }
    const value = unescapeString(this.text.slice(from, at + 1), from)
    this.moveTo(at + 1)
    return value
  }

  unreadable(wantedZh?: string, wanted?: string): FeelSyntaxError {
    const from = Math.min(this.#at, this.text.length)
    const to = Math.min(from + Math.max(1, this.character(from).length), this.text.length)
    const found = this.text.slice(from, to)
    const zh = found === '' ? '表达式到此中断' : `此处“${found}”不合 FEEL 语法`
    const en = found === '' ? 'The expression breaks off here' : `"${found}" does not belong here in FEEL`
    if (wanted === undefined) {
      return new FeelSyntaxError(
        from,
        to,
        `${zh}：检查引号、括号是否成对，运算符两边是否齐全。`,
        `${en}: check quotes, brackets and that operators have both their sides.`,
      )
    }
    return new FeelSyntaxError(
      from,
      to,
      `${zh}：这里应有${wantedZh}。检查引号、括号是否成对，运算符两边是否齐全。`,
      `${en}: ${wanted} is wanted. Check quotes, brackets and that operators have both their sides.`,
    )
  }
}
