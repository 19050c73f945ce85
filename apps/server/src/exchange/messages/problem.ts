import type { DomainError } from '../../platform/errors.ts'

/** Why a message was refused or has to wait, in both languages: a first answer is repeated to any reader. */
export interface MessageProblem {
  /** Stable, dotted, lower case. */
  readonly code: string
  /** The field it is about. */
  readonly where?: string
  /** The field's value as it was sent, shortened. */
  readonly value?: string
  readonly zh: string
  readonly en: string
}

/** A refusal of a whole request, as it is kept beside those of messages. */
export function problemOfError({ code, where, value, zh, en }: DomainError): MessageProblem {
  return messageProblem(code, where, value, zh, en)
}

/** The beginning of a line that cannot be read, to find it by: what may be an account number stays behind. */
export function excerptOf(line: string): string {
  return line
    .slice(0, EXCERPT_LENGTH_MAX)
    .replace(/\d{8,}/g, digits => '*'.repeat(digits.length - 4) + digits.slice(-4))
}

const EXCERPT_LENGTH_MAX = 60
const VALUE_LENGTH_MAX = 100
const SENTENCE_LENGTH_MAX = 1000

/**
 * Builds a problem out of what a stranger sent: whatever the bytes, the result can be stored and printed.
 *
 * @param value as sent; objects and arrays are named, not repeated
 */
export function messageProblem(
  code: string,
  where: string | undefined,
  value: unknown,
  zh: string,
  en: string,
): MessageProblem {
  const shown = describe(value)
  return {
    code,
    ...(where === undefined ? {} : { where: printable(where) }),
    ...(shown === undefined ? {} : { value: shown }),
    zh: printable(zh),
    en: printable(en),
  }
}

function describe(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') return printable(value.slice(0, VALUE_LENGTH_MAX))
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === null) return 'null'
  return Array.isArray(value) ? '[…]' : '{…}'
}

/** Postgres takes neither NUL nor half a surrogate pair, and a terminal should get no control characters. */
function printable(text: string): string {
  return text
    .slice(0, SENTENCE_LENGTH_MAX)
    .toWellFormed()
    .replace(/\p{Cc}/gu, '\uFFFD')
}
