import { isBlank, isNamePart, isNameSymbol, normalizeName } from './characters.ts'
import type { NameFound } from './names.ts'
import type { Scanner } from './scanner.ts'

/** The key of an entry or the name of an argument, and its colon. */
export function takeKey(scanner: Scanner): string {
  if (scanner.looksAt('"')) {
    const key = scanner.string()
    scanner.expects(':')
    return key
  }
  const end = keyEnd(scanner)
  if (end === undefined) throw scanner.unreadable('名称和冒号', 'a name and a colon')
  const name = normalizeName(scanner.text.slice(scanner.at, end))
  scanner.moveTo(end)
  scanner.takes(':')
  return name
}

/** Where the name ends that stands here before a colon, if one does. */
export function keyEnd(scanner: Scanner): number | undefined {
  const { text } = scanner
  if (!scanner.atNameStart) return undefined
  let end = scanner.at
  for (let next = scanner.character(end); isBlank(next) || isNamePart(next) || isNameSymbol(next); ) {
    end += next.length
    next = scanner.character(end)
  }
  if (text[end] !== ':') return undefined
  while (isBlank(text[end - 1] ?? '')) end--
  return end
}

/** A name that is given here: words and symbols, up to a word that ends it. */
export function takeNewName(scanner: Scanner, ends: (word: string) => boolean): string {
  const { at: from, text } = scanner
  if (!scanner.atNameStart) throw scanner.unreadable('名称', 'a name')
  let end = scanner.endOfWord(from)
  for (;;) {
    const next = scanner.afterBlanks(end)
    const character = scanner.character(next)
    if (isNamePart(character)) {
      const after = scanner.endOfWord(next)
      if (ends(text.slice(next, after))) break
      end = after
    } else if (isNameSymbol(character) && !text.startsWith('..', next)) end = next + character.length
    else break
  }
  scanner.moveTo(end)
  return normalizeName(text.slice(from, end))
}

/** The declared name, unless another word follows it: then all of them are one name nobody declared. */
export function takeName(scanner: Scanner, declared: NameFound | undefined): string {
  const { at: from, text } = scanner
  const end = declared?.end ?? scanner.endOfWord(from)
  const next = scanner.afterBlanks(end)
  const words = next > end || declared === undefined ? scanner.endOfWords(from) : end
  if (declared !== undefined && words <= end) {
    scanner.moveTo(end)
    return declared.name
  }
  scanner.moveTo(Math.max(words, end))
  return normalizeName(text.slice(from, scanner.end))
}
