import { ModelError, type ProblemCode } from '../problem.ts'
import { normalizeName } from './characters.ts'
import type { Variable } from './model.ts'
import type { XmlElement } from './xml.ts'

/** Finds its way among the elements of one file, and says where when something is not there. */
export class Elements {
  readonly file: string
  readonly #namespace: string

  readonly #language: string | undefined

  /** `root` is the `<definitions>`. */
  constructor(file: string, root: XmlElement) {
    this.file = file
    this.#namespace = root.namespace
    this.#language = root.attributes.get('expressionLanguage')
  }

  isDmn(element: XmlElement): boolean {
    return element.namespace === this.#namespace
  }

  /** The language an expression is written in, unless that is FEEL. */
  languageOf(element: XmlElement): string | undefined {
    const written = (element.attributes.get('expressionLanguage') ?? this.#language)?.trim() ?? ''
    return written === '' || /\bFEEL\b/i.test(written) ? undefined : written
  }

  all(parent: XmlElement, name: string): XmlElement[] {
    return parent.children.filter(child => child.name === name && this.isDmn(child))
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

  nameOf(element: XmlElement, attribute = 'name'): string {
    const name = normalizeName(element.attributes.get(attribute) ?? '')
    if (name === '') {
      throw this.refuse(
        element,
        `<${element.name}> 没有名称（${attribute}），请补上。`,
        `<${element.name}> has no ${attribute}; give it one.`,
      )
    }
    return name
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

  /** id, line and declared type of a boxed expression. */
  boxed(element: XmlElement): { id: string; line: number; typeRef?: string } {
    return { id: element.attributes.get('id') ?? '', line: element.line, ...this.typeRefOf(element) }
  }

  /** The declared type, if one is. Older editors write `feel:number`. */
  typeRefOf(element: XmlElement | undefined): { typeRef?: string } {
    const written = element && this.attribute(element, 'typeRef')
    return written === undefined ? {} : { typeRef: typeName(written) }
  }

  /** A named and perhaps typed part: a parameter, the variable of an entry, a column of a relation. */
  variable(element: XmlElement): Variable {
    return { name: this.nameOf(element), line: element.line, ...this.typeRefOf(element) }
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

export function typeName(written: string): string {
  return normalizeName(written.replace(/^feel:/, ''))
}

function trimmed(text: string | undefined): string | undefined {
  const value = text?.trim()
  return value === '' ? undefined : value
}
