/** Whether a code point belongs to a class. */
export type Characters = (codePoint: number) => boolean

/** A regular expression of XPath and XQuery Functions and Operators 3.1, 5.6.1, taken apart. */
export type Pattern =
  | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
  | { readonly kind: 'either'; readonly branches: readonly Pattern[] }
  | { readonly kind: 'character'; readonly of: Characters }
  | {
      readonly kind: 'repeat'
      readonly of: Pattern
      readonly min: number
      /** Infinity for no end. */
      readonly max: number
      readonly lazy: boolean
    }
  /** Groups that can be referred to count from 1. */
  | { readonly kind: 'group'; readonly of: Pattern; readonly index: number }
  | { readonly kind: 'back reference'; readonly index: number }
  | { readonly kind: 'anchor'; readonly at: 'start' | 'end' }

export interface Flags {
  /** s: a dot stands for line ends too. */
  readonly dotAll: boolean
  /** m: anchors at each line. */
  readonly multiline: boolean
  /** i */
  readonly ignoreCase: boolean
  /** x: blanks in the pattern are there for the eye only. */
  readonly spaced: boolean
  /** q: no character of the pattern has a meaning of its own. */
  readonly literal: boolean
}

/** Null where a letter is no flag. */
export function flagsOf(text: string): Flags | null {
  if (!/^[smixq]*$/.test(text)) return null
  return {
    dotAll: text.includes('s'),
    multiline: text.includes('m'),
    ignoreCase: text.includes('i'),
    spaced: text.includes('x'),
    literal: text.includes('q'),
  }
}

/** The text is no regular expression. */
export class PatternError extends Error {
  readonly zh: string

  constructor(zh: string, en: string) {
    super(en)
    this.name = 'PatternError'
    this.zh = zh
  }
}
