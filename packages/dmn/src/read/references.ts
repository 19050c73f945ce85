import type { Elements } from './elements.ts'
import type { Import, ImportedReference, Reference } from './model.ts'
import type { XmlElement } from './xml.ts'

/** What the `href` of requirements point at: `#id` in this file, `namespace#id` in an imported one. */
export class References {
  readonly #at: Elements
  readonly #namespace: string
  readonly #imports: readonly Import[]
  readonly #names = new Map<string, string>()

  constructor(at: Elements, root: XmlElement, namespace: string, imports: readonly Import[]) {
    this.#at = at
    this.#namespace = namespace
    this.#imports = imports
    for (const element of root.children) {
      const id = element.attributes.get('id')
      if (id === undefined || element.attributes.get('name') === undefined || element.name === 'import')
        continue
      if (this.#names.has(id)) {
        throw at.refuse(
          element,
          `标识“${id}”重复，请改为唯一的 id。`,
          `The id "${id}" is used twice; make it unique.`,
        )
      }
      this.#names.set(id, at.nameOf(element))
    }
  }

  referredTo(reference: XmlElement): Reference {
    const href = reference.attributes.get('href')?.trim() ?? ''
    const hash = href.indexOf('#')
    const [namespace, id] = [href.slice(0, Math.max(0, hash)), href.slice(hash + 1)]
    const name = hash < 0 ? undefined : this.#nameHere(namespace, id)
    if (name !== undefined) return { name }
    const imported = this.#imports.find(each =>
      hash > 0 ? each.namespace === namespace : hash === 0 && each.name === '' && each.model === undefined,
    )
    if (imported !== undefined) {
      // Where the imported file was not given, only the id is known.
      const name = imported.model === undefined ? href.slice(hash) : nameIn(imported.model, id)
      if (name !== undefined) return { name, import: imported.name }
    }
    throw this.#at.refuse(
      reference,
      `<${reference.name}> 指向“${href}”，本文件${imported ? '与所导入的文件' : ''}中没有这个元素。请重新连线或删除该要求。`,
      `<${reference.name}> points at "${href}", which is not in this file${imported ? ' nor in the imported one' : ''}. Redraw or remove the requirement.`,
    )
  }

  /** Among the model's own elements and those of imports without a name. */
  #nameHere(namespace: string, id: string): string | undefined {
    const own = namespace === '' || namespace === this.#namespace
    if (own && this.#names.has(id)) return this.#names.get(id)
    for (const each of this.#imports) {
      if (each.name !== '' || each.model === undefined) continue
      const name = own || each.namespace === namespace ? nameIn(each.model, id) : undefined
      if (name !== undefined) return name
    }
    return undefined
  }

  /** The targets of an element's requirements of one kind, those of this model apart from the imported. */
  required(
    element: XmlElement,
    requirement: string,
    reference: string,
    kind: ImportedReference['kind'],
  ): { own: string[]; imported: ImportedReference[] } {
    const own: string[] = []
    const imported: ImportedReference[] = []
    for (const target of this.#at.all(element, requirement).flatMap(each => this.#at.all(each, reference))) {
      const { name, import: from } = this.referredTo(target)
      if (from === undefined) own.push(name)
      else imported.push({ kind, name, import: from })
    }
    return { own, imported }
  }
}

function nameIn(model: NonNullable<Import['model']>, id: string): string | undefined {
  const elements = [
    model.inputs,
    model.decisions,
    model.knowledgeModels,
    model.services,
    model.sources,
  ].flat()
  return elements.find(each => each.id === id)?.name
}
