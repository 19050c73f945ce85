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
    | { readonly kind: 'at'; readonly value: string }
    | { readonly kind: 'name'; readonly name: string }
    /** `?`, the value a unary test is about. */
    | { readonly kind: 'subject' }
    | { readonly kind: 'path'; readonly of: Syntax; readonly name: string }
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
    | { readonly kind: 'call'; readonly name: string; readonly args: readonly Syntax[] }
    | { readonly kind: 'list'; readonly items: readonly Syntax[] }
    | { readonly kind: 'unsupported'; readonly what: string }
  )

export type TestSyntax = Span &
  (
    | { readonly kind: 'comparison'; readonly operator: ComparisonOperator; readonly bound: Syntax }
    | {
        readonly kind: 'range'
        readonly low: Syntax
        readonly lowClosed: boolean
        readonly high: Syntax
        readonly highClosed: boolean
      }
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
