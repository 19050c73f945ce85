// biome-ignore lint/suspicious/noControlCharactersInRegex: a database cannot compare with a NUL
const LEFT_OUT = /[\u0000-\u001f\s()[\]{}<>《》〈〉【】「」“”‘’"'·•.,，。、\-—_]/g

/**
 * A name as search compares it: half-width, upper case, without spaces, brackets and the marks between words, so
 * that `水磨（集团）有限公司` is found as `水磨(集团)` and as `水磨集团`.
 */
export function foldName(name: string): string {
  return name.normalize('NFKC').toUpperCase().replace(LEFT_OUT, '')
}

/**
 * The pairs of neighbouring characters in a folded name, each as one signed 32-bit integer of two UTF-16 units:
 * what the index holds, and what a part of a name of two characters or more asks it for.
 */
export function pairsOf(folded: string): number[] {
  const pairs = new Set<number>()
  for (let at = 0; at + 1 < folded.length; at++) {
    pairs.add((folded.charCodeAt(at) << 16) | folded.charCodeAt(at + 1))
  }
  return [...pairs]
}
