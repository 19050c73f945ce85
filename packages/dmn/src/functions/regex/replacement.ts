/** A text, or the number of the group whose text it is. */
export type Piece = string | number

/**
 * What stands for each match: `$1` a group, `$0` the whole, `\$` and `\\` themselves (F&O 3.1, 5.6.4). Of the digits
 * after `$` as many count as name a group; a single digit that names none stands for nothing. Null where a `$` or a
 * backslash stands alone.
 */
export function replacementOf(text: string, groups: number, isLiteral: boolean): readonly Piece[] | null {
  if (isLiteral) return [text]
  const pieces: Piece[] = []
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? ''
    const next = text[at + 1]
    if (character === '\\') {
      if (next !== '\\' && next !== '$') return null
      pieces.push(next)
      at += 2
    } else if (character === '$') {
      if (next === undefined || !/[0-9]/.test(next)) return null
      at += 2
      let group = Number(next)
      for (let digit = text[at]; digit !== undefined && /[0-9]/.test(digit); digit = text[++at]) {
        if (group * 10 + Number(digit) > groups) break
        group = group * 10 + Number(digit)
      }
      pieces.push(group > groups ? '' : group)
    } else {
      const end = nextSpecial(text, at)
      pieces.push(text.slice(at, end))
      at = end
    }
  }
  return pieces
}

function nextSpecial(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '$' || text[at] === '\\') return at
  }
  return text.length
}
