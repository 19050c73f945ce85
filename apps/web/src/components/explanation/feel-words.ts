/**
 * What a rule's cell and its values say, in words that a clerk reads. The cell is FEEL, the language of DMN decision
 * tables; what is not one of its plain forms is shown as the rule has it.
 */
export interface RuleWords {
  readonly yes: string
  readonly no: string
  /** Between alternatives. */
  readonly or: string
  /** Before what a value must not be. */
  readonly not: string
  /** Between the two ends of a range. */
  readonly to: string
  readonly missing: string
}

/** A longer run of digits is a code, not an amount. */
const LONGEST_AMOUNT = 15

const SIGNS: Record<string, string> = { '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ', '=': '', '!=': '≠ ' }

export interface Bound {
  readonly name: string
  /** In the reader's language, where it has one. */
  readonly label?: string | undefined
  readonly value: string | null
}

/** `<= 备案失效日` with its bound becomes `≤ 备案失效日（2022-12-01）`. */
export function requirementInWords(requirement: string, bounds: readonly Bound[], words: RuleWords): string {
  const text = requirement.trim()
  const negated = /^not\((.*)\)$/s.exec(text)
  if (negated?.[1] !== undefined) return words.not + requirementInWords(negated[1], bounds, words)
  const range = /^[[(\]](.+?)\.\.(.+?)[\])[]$/s.exec(text)
  if (range?.[1] !== undefined && range[2] !== undefined) {
    return `${operand(range[1], bounds, words)} ${words.to} ${operand(range[2], bounds, words)}`
  }
  const parts = splitOutsideQuotes(text)
  if (parts.length > 1) return parts.map(part => requirementInWords(part, bounds, words)).join(words.or)
  const comparison = /^(>=|<=|!=|>|<|=)\s*(.+)$/s.exec(text)
  if (comparison?.[1] !== undefined && comparison[2] !== undefined) {
    return SIGNS[comparison[1]] + operand(comparison[2], bounds, words)
  }
  return operand(text, bounds, words)
}

/** A value as the trace has it: decimals with separators, truth in words, dates as they are. */
export function valueInWords(value: string | null, words: Pick<RuleWords, 'yes' | 'no' | 'missing'>): string {
  if (value === null) return words.missing
  if (value === 'true') return words.yes
  if (value === 'false') return words.no
  return withSeparators(value)
}

/**
 * 1234567.5 → 1,234,567.50 wherever a number stands in a text: thousands separated, one decimal written as two.
 * Dates and codes stay as they are.
 */
export function withSeparators(text: string): string {
  return text.replaceAll(/(?<![\w.-])(\d+)(\.\d+)?(?![\w-])/g, (number, whole: string, part?: string) => {
    if (whole.length > LONGEST_AMOUNT) return number
    const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
    if (part === undefined) return grouped
    return grouped + (part.length === 2 ? `${part}0` : part)
  })
}

function operand(text: string, bounds: readonly Bound[], words: RuleWords): string {
  const plain = text.trim()
  const quoted = /^"(.*)"$/s.exec(plain)
  if (quoted?.[1] !== undefined) return quoted[1]
  const dated = /^date\("(.+)"\)$/.exec(plain)
  if (dated?.[1] !== undefined) return dated[1]
  const bound = bounds.find(({ name }) => name === plain)
  if (bound) return `${bound.label ?? plain}（${valueInWords(bound.value, words)}）`
  return valueInWords(plain, words)
}

function splitOutsideQuotes(text: string): string[] {
  return [...text.matchAll(/(?:"[^"]*"|\([^)]*\)|[^,"(])+/g)]
    .map(([part]) => part.trim())
    .filter(part => part !== '')
}
