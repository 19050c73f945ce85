import { ModelError, type ProblemCode } from '../problem.ts'
import { normalizeName } from './feel.ts'
import type { XmlElement } from './xml.ts'

/** Finds its way among the elements of one file, and says where when something is not there. */
export class Elements {
  readonly file: string
  readonly #namespace: string

  constructor(file: string, namespace: string) {
    this.file = file
    this.#namespace = namespace
  }

  all(parent: XmlElement, name: string): XmlElement[] {
    return parent.children.filter(child => child.name === name && child.namespace === this.#namespace)
  }

  find(parent: XmlElement, name: string): XmlElement | undefined {
    return this.all(parent, name)[0]
  }

  /** Text of a child element, trimmed; undefined when there is none or it is empty. */
  textOf(parent: XmlElement, name: string): string | undefined {
    return trimmed(this.find(parent, name)?.text)
  }

  /** The FEEL text inside `<text>` of the element itself, as written. */
  feelOf(element: XmlElement | undefined): string {
    return (element && this.find(element, 'text')?.text.trim()) ?? ''
  }

  attribute(element: XmlElement, name: string): string | undefined {
    return trimmed(element.attributes.get(name))
  }

  nameOf(element: XmlElement): string {
    const name = element.attributes.get('name')
    if (name === undefined || name.trim() === '') {
      throw this.refuse(
        element,
        `<${element.name}> 没有名称（name），请补上。`,
        `<${element.name}> has no name; give it one.`,
      )
    }
    return normalizeName(name)
  }

  /** id, label, description and line, with absent ones left out. */
  described(element: XmlElement): { id: string; line: number; label?: string; description?: string } {
    const label = this.attribute(element, 'label')
    const description = this.textOf(element, 'description')
    return {
      id: element.attributes.get('id') ?? '',
      line: element.line,
      ...(label === undefined ? {} : { label }),
      ...(description === undefined ? {} : { description }),
    }
  }

  refuse(element: XmlElement, zh: string, en: string, code: ProblemCode = 'structure'): ModelError {
    const name = trimmed(element.attributes.get('name'))
    return new ModelError({
      code,
      severity: 'error',
      where: { file: this.file, line: element.line, ...(name === undefined ? {} : { element: name }) },
      zh,
      en,
    })
  }
}

function trimmed(text: string | undefined): string | undefined {
  const value = text?.trim()
  return value === '' ? undefined : value
}
