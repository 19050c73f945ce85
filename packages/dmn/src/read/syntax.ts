/** What a FEEL text says before anything is known about types. Spans are offsets into the text. */
export interface Span {
  readonly from: number
  readonly to: number
}

export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '=' | '!='
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**'

export type Syntax = Span &
  (
    | { readonly kind: 'number'; readonly digits: string }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
    /** `@"…"`: a date, a time, a date and time or a duration. */
    | { readonly kind: 'at'; readonly value: string }
    | { readonly kind: 'name'; readonly name: string }
    /** `?`, the value a unary test is about. */
    | { readonly kind: 'subject' }
    | { readonly kind: 'path'; readonly of: Syntax; readonly name: string }
    | { readonly kind: 'filter'; readonly of: Syntax; readonly condition: Syntax }
    | { readonly kind: 'negate'; readonly operand: Syntax }
    | {
        readonly kind: 'arithmetic'
        readonly operator: ArithmeticOperator
        readonly left: Syntax
        readonly right: Syntax
      }
    | {
        readonly kind: 'compare'
        readonly operator: ComparisonOperator
        readonly left: Syntax
        readonly right: Syntax
      }
    | { readonly kind: 'and' | 'or'; readonly left: Syntax; readonly right: Syntax }
    | {
        readonly kind: 'if'
        readonly condition: Syntax
        readonly whenTrue: Syntax
        readonly otherwise: Syntax
      }
    | { readonly kind: 'between'; readonly operand: Syntax; readonly low: Syntax; readonly high: Syntax }
    | { readonly kind: 'in'; readonly operand: Syntax; readonly tests: readonly TestSyntax[] }
    /** `callee` is a name for a built-in, a business knowledge model or a variable, else any expression. */
    | { readonly kind: 'call'; readonly callee: Syntax; readonly args: readonly ArgumentSyntax[] }
    | { readonly kind: 'instance of'; readonly operand: Syntax; readonly type: TypeSyntax }
    | { readonly kind: 'for'; readonly iterators: readonly IteratorSyntax[]; readonly result: Syntax }
    | {
        readonly kind: 'some' | 'every'
        readonly iterators: readonly IteratorSyntax[]
        readonly condition: Syntax
      }
    | { readonly kind: 'list'; readonly items: readonly Syntax[] }
    | { readonly kind: 'context'; readonly entries: readonly EntrySyntax[] }
    | {
        readonly kind: 'function'
        readonly parameters: readonly ParameterSyntax[]
        /** `function(…) external {…}`: the body is then a context that names foreign code, which is never run. */
        readonly external: boolean
        readonly body: Syntax
      }
    /** `[a..b]` as a value. Where it stands as a test of its own it is a TestSyntax instead. */
    | ({ readonly kind: 'range' } & Endpoints)
    /** `(< 5)`, `(>= 10)`, `(= 5)`, `(!= 5)` as a value. */
    | { readonly kind: 'half range'; readonly operator: ComparisonOperator; readonly bound: Syntax }
    | { readonly kind: 'unsupported'; readonly what: string }
  )

export interface Endpoints {
  readonly low: Syntax
  readonly lowClosed: boolean
  readonly high: Syntax
  readonly highClosed: boolean
}

/** All arguments of one call are named, or none is. */
export interface ArgumentSyntax extends Span {
  readonly name?: string
  readonly value: Syntax
}

/** `x in list`, or `i in 1..10` with `upTo`. */
export interface IteratorSyntax extends Span {
  readonly name: string
  readonly in: Syntax
  readonly upTo?: Syntax
}

export interface EntrySyntax extends Span {
  readonly key: string
  readonly value: Syntax
}

export interface ParameterSyntax extends Span {
  readonly name: string
  readonly type?: TypeSyntax
}

export type TypeSyntax = Span &
  /** A built-in type, an item definition, or one of an import, `外部.类型`. */
  (
    | { readonly kind: 'named'; readonly name: string }
    | { readonly kind: 'list' | 'range'; readonly of: TypeSyntax }
    | {
        readonly kind: 'context'
        readonly fields: readonly { readonly name: string; readonly type: TypeSyntax }[]
      }
    | { readonly kind: 'function'; readonly parameters: readonly TypeSyntax[]; readonly result: TypeSyntax }
  )

export type TestSyntax = Span &
  (
    | { readonly kind: 'comparison'; readonly operator: ComparisonOperator; readonly bound: Syntax }
    | ({ readonly kind: 'range' } & Endpoints)
    | { readonly kind: 'expression'; readonly expression: Syntax }
  )

export interface UnaryTests extends Span {
  /** Empty for `-` and for an empty cell. */
  readonly tests: readonly TestSyntax[]
  readonly negated: boolean
}

/** The text is not FEEL; `from`/`to` is the first place the parser could not go on. */
export class FeelSyntaxError extends Error {
  readonly from: number
  readonly to: number
  readonly zh: string

  constructor(from: number, to: number, zh: string, en: string) {
    super(en)
    this.name = 'FeelSyntaxError'
    this.from = from
    this.to = to
    this.zh = zh
  }
}
