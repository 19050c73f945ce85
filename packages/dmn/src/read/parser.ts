import { CONSTRUCTS, type Reading } from './constructs.ts'
import { keyEnd, takeKey, takeName } from './name-reading.ts'
import { fieldsOf, type NameScope, type Names } from './names.ts'
import { define, Reach } from './reach.ts'
import type { Scanner } from './scanner.ts'
import {
  type ArgumentSyntax,
  type ArithmeticOperator,
  type ComparisonOperator,
  type EntrySyntax,
  FeelSyntaxError,
  type Span,
  type Syntax,
  type TestSyntax,
} from './syntax.ts'
import { TypeParser } from './type-parser.ts'

/** Expressions inside one another, and links of one chain. */
const DEPTH_MAX = 200

const COMPARISONS: readonly ComparisonOperator[] = ['<=', '>=', '!=', '<', '>', '=']

/** How tightly an operator binds; all of them to the left (DMN 1.5, 10.3.1.2, rules 2 and 4). */
const OR = 0
const AND = 1
const COMPARISON = 2
const SUM = 3
const PRODUCT = 4
const POWER = 5

/** What a reader brings besides the text. */
export interface Vocabulary {
  readonly scope: NameScope
  /** Names of types, with the fields of those that have any. */
  readonly types: NameScope
  /** Fields of anything, for where it is not known what a path starts from. */
  readonly fields: () => NameScope
}

/**
 * Reads FEEL by the grammar of DMN 1.5 (10.3.1.2), one step of descent for each of its rules. FEEL's names hold
 * blanks and operators, so the words of a text depend on the names in scope, those of its own iterations, contexts,
 * functions and filters included; the parser carries them along.
 */
export class Parser implements Reading {
  readonly in: Scanner
  readonly reach: Reach
  readonly types: TypeParser
  #depth = 0
  /** Inside the end of an interval, where `[` can close it. */
  #inEndpoint = false

  constructor(scanner: Scanner, { scope, types, fields }: Vocabulary) {
    this.in = scanner
    this.reach = new Reach(scope, fields)
    this.types = new TypeParser(scanner, types)
  }

  expression(): Syntax {
    const outside = this.#inEndpoint
    this.#inEndpoint = false
    const read = this.#halfRange() ?? this.#operation(OR)
    this.#inEndpoint = outside
    return read
  }

  /** The tests of a cell; several in brackets of their own, `("甲", "乙")`, are taken as if they had none. */
  tests(): TestSyntax[] {
    const tests: TestSyntax[] = []
    do tests.push(...this.#tests(OR))
    while (this.in.takes(','))
    return tests
  }

  span(from: number): Span {
    return { from, to: this.in.end }
  }

  #enter(): void {
    if (++this.#depth <= DEPTH_MAX) return
    throw new FeelSyntaxError(
      this.in.at,
      this.in.at,
      `表达式嵌套超过 ${DEPTH_MAX} 层，请拆成多个决策。`,
      `The expression is nested more than ${DEPTH_MAX} deep; split it into several decisions.`,
    )
  }

  /** An operation whose operators bind at least as tightly as `level`; `first` is its first operand, if read already. */
  #operation(level: number, first?: Syntax, from = this.in.at): Syntax {
    const depth = this.#depth
    this.#enter()
    let left = first === undefined ? this.#operand() : this.#instanceOf(from, this.#steps(from, first))
    for (let next = this.#operator(); next && next.level >= level; next = this.#operator()) {
      this.#enter()
      left = this.#operate(from, left, next.symbol, next.level)
    }
    this.#depth = depth
    return left
  }

  #operator(): { symbol: string; level: number } | undefined {
    const at = this.in
    if (at.looksAtWord('or')) return { symbol: 'or', level: OR }
    if (at.looksAtWord('and')) return { symbol: 'and', level: AND }
    if (at.looksAtWord('between')) return { symbol: 'between', level: COMPARISON }
    if (at.looksAtWord('in')) return { symbol: 'in', level: COMPARISON }
    for (const symbol of COMPARISONS) if (at.looksAt(symbol)) return { symbol, level: COMPARISON }
    if (at.looksAt('**')) return { symbol: '**', level: POWER }
    if (at.looksAt('*') || at.looksAt('/')) return { symbol: at.character(), level: PRODUCT }
    if (at.looksAt('+') || at.looksAt('-')) return { symbol: at.character(), level: SUM }
    return undefined
  }

  #operate(from: number, left: Syntax, symbol: string, level: number): Syntax {
    this.in.takes(symbol)
    if (symbol === 'in') {
      const tests = this.#tests(SUM)
      return { ...this.span(from), kind: 'in', operand: left, tests }
    }
    if (symbol === 'between') {
      const low = this.#operation(SUM)
      this.in.expectsWord('and')
      const high = this.#operation(SUM)
      return { ...this.span(from), kind: 'between', operand: left, low, high }
    }
    const right = this.#operation(level + 1)
    const span = this.span(from)
    if (symbol === 'and' || symbol === 'or') return { ...span, kind: symbol, left, right }
    if (level === COMPARISON) {
      return { ...span, kind: 'compare', operator: symbol as ComparisonOperator, left, right }
    }
    return { ...span, kind: 'arithmetic', operator: symbol as ArithmeticOperator, left, right }
  }

  /** One test, or several in brackets. */
  #tests(level: number): TestSyntax[] {
    const { at } = this.in
    if (!this.in.looksAt('(')) return [asTest(this.#halfRange() ?? this.#operation(level))]
    const inBrackets = this.#brackets(at)
    if (inBrackets.length > 1) return inBrackets.map(asTest)
    // `(a).b` and `(a + b) * 2`: the bracket was only the beginning.
    const [first] = inBrackets
    return first === undefined ? [] : [asTest(this.#operation(level, first, at))]
  }

  #halfRange(): Syntax | undefined {
    const { at } = this.in
    for (const operator of COMPARISONS) {
      if (!this.in.takes(operator)) continue
      const bound = this.#operation(SUM)
      return { ...this.span(at), kind: 'half range', operator, bound }
    }
    return undefined
  }

  #operand(): Syntax {
    const { at: from } = this.in
    if (!this.in.takes('-')) return this.#instanceOf(from, this.#steps(from, this.#primary()))
    if (this.in.atNumber) {
      const digits = `-${this.in.number()}`
      return this.#instanceOf(from, this.#steps(from, { ...this.span(from), kind: 'number', digits }))
    }
    this.#enter()
    const operand = this.#operand()
    this.#depth--
    return { ...this.span(from), kind: 'negate', operand }
  }

  #instanceOf(from: number, operand: Syntax): Syntax {
    if (!this.in.takesWord('instance')) return operand
    this.in.expectsWord('of')
    const type = this.types.type()
    return { ...this.span(from), kind: 'instance of', operand, type }
  }

  /** Paths, filters and calls, one behind another. */
  #steps(from: number, start: Syntax): Syntax {
    const depth = this.#depth
    let of = start
    for (;;) {
      const { at } = this.in
      if (this.in.looksAt('.') && !this.in.looksAt('..')) {
        this.in.takes('.')
        const fields = this.reach.fieldsOf(of)
        const name = this.#step(fields)
        of = this.reach.know({ ...this.span(from), kind: 'path', of, name }, fieldsOf(fields, name))
      } else if (this.in.looksAt('[') && !(this.#inEndpoint && this.#closesInterval(at))) {
        of = this.#filter(from, of)
      } else if (this.in.looksAt('(')) {
        const args = this.#arguments()
        const call: Syntax = { ...this.span(from), kind: 'call', callee: of, args }
        of = this.reach.know(call, this.reach.fieldsOfCall(of, args))
      } else {
        this.#depth = depth
        return of
      }
      this.#enter()
    }
  }

  /** `[` ends an interval where nothing follows that could stand in a filter. */
  #closesInterval(at: number): boolean {
    const next = this.in.afterBlanks(at + 1)
    const rest = this.in.text.slice(next, next + 12)
    return (
      rest === '' ||
      /^(?:[,)\]}=<>!+*/.]|(?:and|or|in|then|else|return|satisfies|between|instance)\b)/.test(rest)
    )
  }

  #filter(from: number, of: Syntax): Syntax {
    this.in.takes('[')
    const fields = this.reach.fieldsOf(of)
    const condition = this.reach.within({ item: fields, ...fields }, () => this.expression())
    this.in.expects(']')
    return this.reach.know({ ...this.span(from), kind: 'filter', of, condition }, fields)
  }

  #arguments(): ArgumentSyntax[] {
    this.in.takes('(')
    const args: ArgumentSyntax[] = []
    if (this.in.takes(')')) return args
    const named = keyEnd(this.in) !== undefined
    do {
      const { at } = this.in
      const name = named ? takeKey(this.in) : undefined
      const value = this.expression()
      args.push({ ...this.span(at), ...(name === undefined ? {} : { name }), value })
    } while (this.in.takes(','))
    this.in.expects(')')
    return args
  }

  #primary(): Syntax {
    const at = this.in
    const from = at.at
    if (at.atNumber) {
      const digits = at.number()
      return { ...this.span(from), kind: 'number', digits }
    }
    switch (at.character()) {
      case '"': {
        const value = at.string()
        return { ...this.span(from), kind: 'string', value }
      }
      case '@': {
        at.takes('@')
        if (!at.looksAt('"'))
          throw at.unreadable('带引号的日期、时间或时长', 'a date, time or duration in quotes')
        const value = at.string()
        return { ...this.span(from), kind: 'at', value }
      }
      case '(': {
        const [first, second] = this.#brackets(from)
        if (first === undefined || second !== undefined) throw at.unreadable()
        return first
      }
      case '[':
        return this.#listOrInterval(from)
      case ']':
        at.takes(']')
        return this.#interval(from, this.#operation(SUM), false)
      case '{':
        return this.#context(from)
      default:
        return this.#wordOrName(from)
    }
  }

  /** What round brackets hold: one expression, an interval `(a..b)`, or the tests of an `in`. */
  #brackets(from: number): Syntax[] {
    this.in.takes('(')
    const first = this.expression()
    if (this.in.looksAt('..')) return [this.#interval(from, first, false)]
    const all = [first]
    while (this.in.takes(',')) all.push(this.expression())
    this.in.expects(')')
    return all
  }

  #listOrInterval(from: number): Syntax {
    this.in.takes('[')
    const items: Syntax[] = []
    if (!this.in.takes(']')) {
      const first = this.expression()
      if (this.in.looksAt('..')) return this.#interval(from, first, true)
      items.push(first)
      while (this.in.takes(',')) items.push(this.expression())
      this.in.expects(']')
    }
    return this.reach.know({ ...this.span(from), kind: 'list', items }, this.reach.fieldsOfAll(items))
  }

  #interval(from: number, low: Syntax, lowClosed: boolean): Syntax {
    this.in.expects('..')
    const outside = this.#inEndpoint
    this.#inEndpoint = true
    const high = this.#operation(SUM)
    this.#inEndpoint = outside
    const highClosed = this.in.takes(']')
    if (!highClosed && !this.in.takes(')') && !this.in.takes('[')) {
      throw this.in.unreadable('区间的右括号“]”或“)”', 'the bracket that ends the interval, "]" or ")"')
    }
    return { ...this.span(from), kind: 'range', low, lowClosed, high, highClosed }
  }

  #context(from: number): Syntax {
    this.in.takes('{')
    const entries: EntrySyntax[] = []
    const fields: Record<string, Names | 1> = {}
    const outer = this.reach.scope
    if (!this.in.looksAt('}')) {
      do {
        const { at } = this.in
        const key = takeKey(this.in)
        const value = this.expression()
        entries.push({ ...this.span(at), key, value })
        define(fields, key, this.reach.fieldsOf(value))
        this.reach.add({ [key]: this.reach.fieldsOf(value) })
      } while (this.in.takes(','))
      this.reach.scope = outer
    }
    this.in.expects('}')
    return this.reach.know({ ...this.span(from), kind: 'context', entries }, fields)
  }

  #wordOrName(from: number): Syntax {
    const at = this.in
    if (!at.atNameStart && this.reach.scope.longestAt(at, from) === undefined) throw at.unreadable()
    // A name that only begins like a keyword is a name.
    const declared = this.reach.scope.longestAt(at, from)
    const word = at.text.slice(from, at.endOfWord(from))
    if (declared === undefined || declared.name.length <= word.length) {
      const read = this.#keyword(from, word)
      if (read !== undefined) return read
    }
    const name = takeName(this.in, declared)
    return this.reach.know({ ...this.span(from), kind: 'name', name }, this.reach.scope.fieldsOf(name))
  }

  #keyword(from: number, word: string): Syntax | undefined {
    const at = this.in
    switch (word) {
      case 'true':
      case 'false':
        at.takesWord(word)
        return { ...this.span(from), kind: 'boolean', value: word === 'true' }
      case 'null':
        at.takesWord(word)
        return { ...this.span(from), kind: 'null' }
      case '?':
        at.takesWord(word)
        return { ...this.span(from), kind: 'subject' }
      case 'and':
      case 'or':
      case 'in':
      case 'between':
      case 'then':
      case 'else':
      case 'return':
      case 'satisfies':
        throw at.unreadable('一个值', 'a value')
      default:
        return CONSTRUCTS.get(word)?.(this, from)
    }
  }

  /** The name after a point. */
  #step(fields: Names): string {
    const { at } = this.in
    const [known] = this.reach.steps(fields).flatMap(scope => scope.longestAt(this.in, at) ?? [])
    if (known === undefined && !this.in.atNameStart) throw this.in.unreadable('名称', 'a name')
    return takeName(this.in, known)
  }
}

/** A test as a cell or the right of `in` has it. */
function asTest(syntax: Syntax): TestSyntax {
  const { from, to } = syntax
  if (syntax.kind === 'half range') {
    return { from, to, kind: 'comparison', operator: syntax.operator, bound: syntax.bound }
  }
  if (syntax.kind === 'range') return syntax
  return { from, to, kind: 'expression', expression: syntax }
}
