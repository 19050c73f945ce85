import { normalizeName } from './characters.ts'
import type { Elements } from './elements.ts'
import type { Import, Model, UnsupportedElement } from './model.ts'
import type { XmlElement } from './xml.ts'

/** DMN of any version; what else can be imported (XML schemas, PMML) is named and left. */
const DMN = /^https?:\/\/www\.omg\.org\/spec\/DMN\/\d+\/(MODEL\/|dmn\.xsd)?$/

/** The models a file imports, linked to those of `given` with their namespace. */
export function readImports(at: Elements, root: XmlElement, given: readonly Model[]): readonly Import[] {
  return importElements(at, root).flatMap(element => {
    if (!isOfDmn(element)) return []
    const namespace = at.attribute(element, 'namespace') ?? ''
    const model = given.find(each => each.namespace === namespace)
    return {
      ...at.described(element),
      name: normalizeName(element.attributes.get('name') ?? ''),
      namespace,
      ...(model === undefined ? {} : { model }),
    }
  })
}

export function readForeignImports(at: Elements, root: XmlElement): readonly UnsupportedElement[] {
  return importElements(at, root)
    .filter(element => !isOfDmn(element))
    .map(element => ({
      ...at.described(element),
      name: at.attribute(element, 'name') ?? '',
      element: 'import',
    }))
}

/** Namespaces of the models a file imports. */
export function importedNamespaces(at: Elements, root: XmlElement): string[] {
  return importElements(at, root)
    .filter(isOfDmn)
    .map(element => at.attribute(element, 'namespace') ?? '')
}

function importElements(at: Elements, root: XmlElement): XmlElement[] {
  return at.all(root, 'import')
}

function isOfDmn(element: XmlElement): boolean {
  return DMN.test(element.attributes.get('importType')?.trim() ?? '')
}
