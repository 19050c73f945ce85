import { normalizeName } from './characters.ts'
import type { Elements } from './elements.ts'
import type { Import, Model, Named, UnsupportedElement } from './model.ts'
import type { XmlElement } from './xml.ts'

/** DMN of any version; what else can be imported (XML schemas, PMML) is named and left. */
const DMN = /^https?:\/\/www\.omg\.org\/spec\/DMN\/\d+\/(MODEL\/|dmn\.xsd)?$/

/** The models a file imports, linked to those of `given` with their namespace. */
export function readImports(at: Elements, root: XmlElement, given: readonly Model[]): readonly Import[] {
  return importElements(at, root).flatMap(element => {
    if (!isOfDmn(element)) return []
    const namespace = at.attribute(element, 'namespace') ?? ''
    // A model that imports itself has nothing to add.
    if (namespace === at.attribute(root, 'namespace')) return []
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

/**
 * The model with what its imports without a name bring. Its own elements come before theirs, and an earlier import
 * before a later one, wherever two have one name: elements of the graph among themselves, and types.
 */
export function withNameless(imports: readonly Import[], own: Model): Model {
  return imports
    .filter(each => each.name === '')
    .reduce((model, { model: other }) => (other === undefined ? model : joined(model, other)), own)
}

function joined(model: Model, other: Model): Model {
  const graph = new Set(
    [model.inputs, model.decisions, model.knowledgeModels, model.services].flat().map(nameOf),
  )
  const brought = <Element extends Named>(
    mine: readonly Element[],
    theirs: readonly Element[],
    taken: Set<string>,
  ) => [...mine, ...theirs.filter(each => !taken.has(each.name)).map(each => ({ file: other.file, ...each }))]
  return {
    ...model,
    imports: brought(
      model.imports.filter(each => each.model !== other),
      other.imports.filter(each => each.namespace !== model.namespace),
      new Set(model.imports.map(nameOf)),
    ),
    inputs: brought(model.inputs, other.inputs, graph),
    types: brought(model.types, other.types, new Set(model.types.map(nameOf))),
    sources: brought(model.sources, other.sources, new Set(model.sources.map(nameOf))),
    decisions: brought(model.decisions, other.decisions, graph),
    knowledgeModels: brought(model.knowledgeModels, other.knowledgeModels, graph),
    services: brought(model.services, other.services, graph),
  }
}

function nameOf({ name }: Named): string {
  return name
}

function importElements(at: Elements, root: XmlElement): XmlElement[] {
  return at.all(root, 'import')
}

function isOfDmn(element: XmlElement): boolean {
  return DMN.test(element.attributes.get('importType')?.trim() ?? '')
}
