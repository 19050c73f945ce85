import { isBlank, isNamePart } from './characters.ts'
import type { Scanner } from './scanner.ts'

/** Names in scope, with the fields of those that have any: FEEL cannot be cut into words without them. */
export type Names = { readonly [name: string]: Names | 1 }

/** A name that stands in a text, and where it ends. */
export interface NameFound {
  readonly name: string
  readonly end: number
}

export const NO_FIELDS: Names = Object.freeze({})

/** Names in reach at one place of a text, the inner ones first. */
export class NameScope {
  readonly #names: Names
  readonly #outer: NameScope | undefined
  /** Names by their first character, the longest first. */
  readonly #byStart = new Map<string, string[]>()

  constructor(names: Names, outer?: NameScope) {
    this.#names = names
    this.#outer = outer
    for (const name of Object.keys(names)) {
      const start = name[0] ?? ''
      const same = this.#byStart.get(start)
      if (same === undefined) this.#byStart.set(start, [name])
      else same.push(name)
    }
    for (const same of this.#byStart.values()) same.sort((a, b) => b.length - a.length)
  }

  with(names: Names): NameScope {
    return new NameScope(names, this)
  }

  /** The longest name in reach that stands at the offset, and where it ends. */
  longestAt(scanner: Scanner, offset: number): NameFound | undefined {
    let longest: NameFound | undefined
    const start = scanner.text[offset] ?? ''
    for (let scope: NameScope | undefined = this; scope; scope = scope.#outer) {
      for (const name of scope.#byStart.get(start) ?? []) {
        if (longest && name.length <= longest.name.length) break
        const end = endOfName(scanner, offset, name)
        if (end !== undefined) {
          longest = { name, end }
          break
        }
      }
    }
    return longest
  }

  fieldsOf(name: string): Names {
    for (let scope: NameScope | undefined = this; scope; scope = scope.#outer) {
      if (Object.hasOwn(scope.#names, name)) return fieldsOf(scope.#names, name)
    }
    return NO_FIELDS
  }
}

export function fieldsOf(names: Names, name: string): Names {
  const fields = Object.hasOwn(names, name) ? names[name] : undefined
  return typeof fields === 'object' ? fields : NO_FIELDS
}

/**
 * Where the name ends if it stands at the offset: a blank in it stands for any number of blanks, its symbols for
 * themselves alone, so `甲-乙` is a name and `甲 - 乙` a difference. A word of the text is not cut.
 */
function endOfName(scanner: Scanner, offset: number, name: string): number | undefined {
  const { text } = scanner
  let at = offset
  for (let i = 0; i < name.length; i++) {
    if (name[i] !== ' ') {
      if (text[at] !== name[i]) return undefined
      at++
      continue
    }
    if (!isBlank(text[at] ?? '')) return undefined
    while (isBlank(text[at] ?? '')) at++
  }
  const last = scanner.character(at - (isLowSurrogate(text, at - 1) ? 2 : 1))
  return isNamePart(last) && isNamePart(scanner.character(at)) ? undefined : at
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}
