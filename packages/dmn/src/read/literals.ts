import { FeelSyntaxError } from './syntax.ts'

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map<string, string>(
  Object.entries({
    n: '\n',
    r: '\r',
    t: '\t',
    '"': '"',
    "'": "'",
    '\\': '\\',
  }),
)

/**
 * The text a FEEL string literal stands for. A NUL and a half of a surrogate pair are refused: no database text can
 * hold them, so the two readings of a rule could not agree.
 */
export function unescapeString(source: string, from: number): string {
  const value = source
    .slice(1, -1)
    .replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)/gsu, (whole, sequence: string) => {
      if (sequence.length > 1) {
        const codePoint = Number.parseInt(sequence.slice(1), 16)
        return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole
      }
      // FEEL leaves an unknown escape as it stands.
      return SIMPLE_ESCAPES.get(sequence) ?? whole
    })
  if (value.includes('\0') || !value.isWellFormed()) {
    throw new FeelSyntaxError(
      from,
      from + source.length,
      '文本中含有无法存储的字符（空字符或半个代理对），请删去。',
      'The text holds a character no database can store (NUL or half a surrogate pair); remove it.',
    )
  }
  return value
}
