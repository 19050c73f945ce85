import { NameScope, type Names } from './names.ts'
import { Parser, type Vocabulary } from './parser.ts'
import { Scanner } from './scanner.ts'
import { FeelSyntaxError, type Syntax, type UnaryTests } from './syntax.ts'

export type { Names } from './names.ts'

export interface FeelReader {
  /** @throws FeelSyntaxError */
  expression(text: string): Syntax
  /** @throws FeelSyntaxError */
  unaryTests(text: string): UnaryTests
}

export const TEXT_LENGTH_MAX = 10_000

/** Parts of dates, times, durations and ranges whose names hold a blank. */
const PROPERTIES: Names = { 'time offset': 1, 'start included': 1, 'end included': 1 }

/** Built-in names that could be read as two joined by a word; known whatever else is. */
const JOINED: Names = { 'date and time': 1, 'years and months duration': 1, 'get or else': 1 }

/** Fields kept for paths whose start is not known; more than that are left to be declared. */
const FIELDS_MAX = 10_000

/**
 * Reads FEEL texts that stand where the names are known; `types` are those `instance of` and parameters may name.
 *
 * @example feelReader({ '实付 利息': 1, 企业: { 营业收入: 1 } }).expression('实付 利息 > 企业.营业收入')
 */
export function feelReader(names: Names, types: Names = {}): FeelReader {
  let fields: NameScope | undefined
  const vocabulary: Vocabulary = {
    scope: new NameScope(JOINED).with(names),
    types: new NameScope(types),
    fields: () => {
      fields ??= new NameScope(fieldsAnywhere(names, types))
      return fields
    },
  }
  return {
    expression(text) {
      const scanner = scannerOf(text)
      const read = new Parser(scanner, vocabulary).expression()
      if (!scanner.atEnd) throw scanner.unreadable()
      return read
    },
    unaryTests(text) {
      const whole = { from: 0, to: text.length }
      const scanner = scannerOf(text)
      if (scanner.atEnd || text.trim() === '-') return { ...whole, tests: [], negated: false }
      const parser = new Parser(scanner, vocabulary)
      if (opensNot(scanner)) {
        const tests = parser.tests()
        scanner.expects(')')
        if (scanner.atEnd) return { ...whole, tests, negated: true }
        // `not(a) or b` is an expression that only begins like a negation.
        scanner.moveTo(0)
      }
      const tests = parser.tests()
      if (!scanner.atEnd) throw scanner.unreadable()
      return { ...whole, tests, negated: false }
    },
  }
}

function opensNot(scanner: Scanner): boolean {
  if (!scanner.looksAtWord('not')) return false
  const bracket = scanner.afterBlanks(scanner.at + 'not'.length)
  if (scanner.text[bracket] !== '(') return false
  scanner.moveTo(bracket + 1)
  return true
}

function scannerOf(text: string): Scanner {
  if (text.length > TEXT_LENGTH_MAX) {
    throw new FeelSyntaxError(
      0,
      text.length,
      `表达式超过 ${TEXT_LENGTH_MAX} 个字符，请拆成多个决策。`,
      `The expression is longer than ${TEXT_LENGTH_MAX} characters; split it into several decisions.`,
    )
  }
  return new Scanner(text)
}

/** All fields within the names; types that hold themselves are walked once. */
function fieldsAnywhere(...roots: readonly Names[]): Names {
  const fields = new Map<string, Names | 1>(Object.entries(PROPERTIES))
  const seen = new Set<Names>(roots)
  for (const names of seen) {
    for (const [name, value] of Object.entries(names)) {
      if (!roots.includes(names)) fields.set(name, 1)
      if (typeof value === 'object') seen.add(value)
      if (fields.size > FIELDS_MAX) return Object.fromEntries(fields)
    }
  }
  return Object.fromEntries(fields)
}
