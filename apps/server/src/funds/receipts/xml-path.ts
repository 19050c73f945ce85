import type { XmlElement } from './read-xml.ts'

/** The elements at a path of names below an element: `all(entry, 'NtryDtls/TxDtls')`. */
export function all(element: XmlElement | undefined, path: string): XmlElement[] {
  let found = element === undefined ? [] : [element]
  for (const name of path.split('/')) {
    found = found.flatMap(({ children }) => children.filter(child => child.name === name))
  }
  return found
}

export function first(element: XmlElement | undefined, path: string): XmlElement | undefined {
  return all(element, path)[0]
}

/** The text at a path without the space around it; null where there is none. */
export function textAt(element: XmlElement | undefined, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const text = first(element, path)?.text.trim()
    if (text) return text
  }
  return null
}
