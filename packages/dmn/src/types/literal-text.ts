const IDENTIFIER = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u

/** A name as the key of a type: bare where TypeScript reads it so. */
export function propertyName(name: string): string {
  return IDENTIFIER.test(name) ? name : literalText(name)
}

/** A text as a literal type, in single quotes. */
export function literalText(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  // Line separators end a line in some editors, though not in the language.
  return `'${escaped.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}
