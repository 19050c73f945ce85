import { isNamePart, isNameSymbol, normalizeName } from './characters.ts'
import { NameScope, type Names, NO_FIELDS } from './names.ts'
import type { Scanner } from './scanner.ts'
import { FeelSyntaxError, type TypeSyntax } from './syntax.ts'

const DEPTH_MAX = 50

/** Types whose names hold blanks; the rest are words. */
const BUILT_IN = new NameScope({
  'date and time': 1,
  'days and time duration': 1,
  'years and months duration': 1,
})

/** Reads the types of `instance of` and of formal parameters (DMN 1.5, 10.3.1.2, rule 54). */
export class TypeParser {
  readonly #in: Scanner
  readonly #named: NameScope
  #depth = 0

  constructor(scanner: Scanner, named: NameScope) {
    this.#in = scanner
    this.#named = named
  }

  type(): TypeSyntax {
    const { at: from } = this.#in
    if (++this.#depth > DEPTH_MAX) {
      throw new FeelSyntaxError(
        from,
        from,
        `类型嵌套超过 ${DEPTH_MAX} 层。`,
        `The type is nested more than ${DEPTH_MAX} deep.`,
      )
    }
    const type = this.#generic(from) ?? this.#name(from)
    this.#depth--
    return type
  }

  /** Names of the fields a value of the type has; of its items, for a list. */
  fieldsOf(type: TypeSyntax): Names {
    switch (type.kind) {
      case 'named':
        return this.#named.fieldsOf(type.name)
      case 'list':
        return this.fieldsOf(type.of)
      case 'context':
        return Object.fromEntries(type.fields.map(field => [field.name, this.fieldsOf(field.type)]))
      default:
        return NO_FIELDS
    }
  }

  #generic(from: number): TypeSyntax | undefined {
    for (const kind of ['list', 'range', 'context', 'function'] as const) {
      if (!this.#opens(kind)) continue
      if (kind === 'context') return this.#context(from)
      if (kind === 'function') return this.#function(from)
      const of = this.type()
      this.#in.expects('>')
      return { from, to: this.#in.end, kind, of }
    }
    return undefined
  }

  /** The word and its `<`; a type may be called `list` as well. */
  #opens(word: string): boolean {
    if (!this.#in.looksAtWord(word)) return false
    const next = this.#in.afterBlanks(this.#in.at + word.length)
    if (this.#in.text[next] !== '<') return false
    this.#in.moveTo(next + 1)
    return true
  }

  #context(from: number): TypeSyntax {
    const fields: { name: string; type: TypeSyntax }[] = []
    if (!this.#in.looksAt('>')) {
      do {
        const name = this.#words()
        this.#in.expects(':')
        fields.push({ name, type: this.type() })
      } while (this.#in.takes(','))
    }
    this.#in.expects('>')
    return { from, to: this.#in.end, kind: 'context', fields }
  }

  #function(from: number): TypeSyntax {
    const parameters: TypeSyntax[] = []
    if (!this.#in.looksAt('>')) {
      do parameters.push(this.type())
      while (this.#in.takes(','))
    }
    this.#in.expects('>')
    this.#in.expects('->')
    const result = this.type()
    return { from, to: this.#in.end, kind: 'function', parameters, result }
  }

  #name(from: number): TypeSyntax {
    const known = BUILT_IN.longestAt(this.#in, from) ?? this.#named.longestAt(this.#in, from)
    if (known !== undefined) {
      this.#in.moveTo(known.end)
      return { from, to: this.#in.end, kind: 'named', name: known.name }
    }
    const words = [this.#wordsUpToKeyword()]
    while (this.#in.looksAt('.') && !this.#in.looksAt('..') && this.#in.takes('.')) {
      words.push(this.#wordsUpToKeyword())
    }
    return { from, to: this.#in.end, kind: 'named', name: words.join('.') }
  }

  #wordsUpToKeyword(): string {
    const { at } = this.#in
    if (!this.#in.atNameStart) throw this.#in.unreadable('数据类型', 'a type')
    this.#in.moveTo(this.#in.endOfWords(at))
    return normalizeName(this.#in.text.slice(at, this.#in.end))
  }

  /** The name of a field, up to its colon. */
  #words(): string {
    const { at } = this.#in
    if (!this.#in.atNameStart) throw this.#in.unreadable('名称', 'a name')
    let end = at
    for (;;) {
      const next = this.#in.afterBlanks(end)
      const character = this.#in.character(next)
      if (!isNamePart(character) && !isNameSymbol(character)) break
      end = next + character.length
    }
    this.#in.moveTo(end)
    return normalizeName(this.#in.text.slice(at, end))
  }
}
