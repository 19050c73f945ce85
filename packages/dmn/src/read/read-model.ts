import { ModelError } from '../problem.ts'
import { readLogic } from './decision-logic.ts'
import { Elements } from './elements.ts'
import type {
  Decision,
  InputData,
  ItemDefinition,
  KnowledgeSource,
  Model,
  UnsupportedElement,
} from './model.ts'
import { parseXml, type XmlElement } from './xml.ts'

const VERSIONS: ReadonlyMap<string, Model['dmnVersion']> = new Map<string, Model['dmnVersion']>(
  Object.entries({
    'https://www.omg.org/spec/DMN/20191111/MODEL/': '1.3',
    'https://www.omg.org/spec/DMN/20211108/MODEL/': '1.4',
    'https://www.omg.org/spec/DMN/20230324/MODEL/': '1.5',
  }),
)

const UNSUPPORTED = ['businessKnowledgeModel', 'decisionService', 'import']

/**
 * Reads a DMN 1.3, 1.4 or 1.5 file. `file` is the name messages use. FEEL texts are not looked into: `check` does.
 *
 * @throws ModelError when the XML is not well-formed, carries a DOCTYPE, exceeds a limit, or is not a DMN model
 *
 * @example
 * const model = readModel(await readFile('贴息.dmn', 'utf8'), { file: '贴息.dmn' })
 */
export function readModel(xml: string, options: { readonly file: string }): Model {
  const { file } = options
  const root = parseXml(xml, file)
  const dmnVersion = VERSIONS.get(root.namespace)
  if (root.name !== 'definitions' || dmnVersion === undefined) {
    throw new ModelError({
      code: 'xml',
      severity: 'error',
      where: { file, line: root.line },
      zh: `根元素应为 DMN 1.3、1.4 或 1.5 的 <definitions>，实为 <${root.name}>（命名空间“${root.namespace}”）。请用 DMN 编辑器另存为 1.3 或更高版本。`,
      en: `The root must be <definitions> of DMN 1.3, 1.4 or 1.5, not <${root.name}> in "${root.namespace}". Save it as DMN 1.3 or later.`,
    })
  }
  const at = new Elements(file, root.namespace)
  const names = new ElementNames(at, root)
  return Object.freeze({
    file,
    name: at.attribute(root, 'name') ?? file,
    namespace: at.attribute(root, 'namespace') ?? '',
    dmnVersion,
    imports: [],
    knowledgeModels: [],
    services: [],
    inputs: at.all(root, 'inputData').map(element => readInput(at, element)),
    types: at.all(root, 'itemDefinition').map(element => readType(at, element)),
    sources: at.all(root, 'knowledgeSource').map(element => readSource(at, element)),
    decisions: at.all(root, 'decision').map(element => readDecision(at, names, element)),
    unsupported: UNSUPPORTED.flatMap(kind => at.all(root, kind)).map(element => readUnsupported(at, element)),
  })
}

function readInput(at: Elements, element: XmlElement): InputData {
  const variable = at.find(element, 'variable')
  const typeRef = variable && at.attribute(variable, 'typeRef')
  return {
    ...at.described(element),
    name: at.nameOf(element),
    ...(typeRef === undefined ? {} : { typeRef: localName(typeRef) }),
  }
}

function readType(at: Elements, element: XmlElement): ItemDefinition {
  const typeRef = at.textOf(element, 'typeRef')
  const allowed = at.find(element, 'allowedValues') ?? at.find(element, 'typeConstraint')
  return {
    ...at.described(element),
    name: at.nameOf(element),
    isCollection: element.attributes.get('isCollection') === 'true',
    components: at.all(element, 'itemComponent').map(component => readType(at, component)),
    ...(typeRef === undefined ? {} : { typeRef: localName(typeRef) }),
    ...(allowed === undefined ? {} : { allowedValues: at.feelOf(allowed) }),
  }
}

function readSource(at: Elements, element: XmlElement): KnowledgeSource {
  const type = at.textOf(element, 'type')
  const locationURI = at.attribute(element, 'locationURI')
  return {
    ...at.described(element),
    name: at.nameOf(element),
    ...(type === undefined ? {} : { type }),
    ...(locationURI === undefined ? {} : { locationURI }),
  }
}

function readUnsupported(at: Elements, element: XmlElement): UnsupportedElement {
  return { ...at.described(element), name: at.nameOf(element), element: element.name }
}

function readDecision(at: Elements, names: ElementNames, element: XmlElement): Decision {
  const question = at.textOf(element, 'question')
  const variable = at.find(element, 'variable')
  const typeRef = variable && at.attribute(variable, 'typeRef')
  const required = (requirement: string, reference: string) =>
    at
      .all(element, requirement)
      .flatMap(each => at.all(each, reference))
      .map(each => names.referredTo(each))
  return {
    ...at.described(element),
    name: at.nameOf(element),
    ...(question === undefined ? {} : { question }),
    ...(typeRef === undefined ? {} : { typeRef: localName(typeRef) }),
    requires: {
      inputs: required('informationRequirement', 'requiredInput'),
      decisions: required('informationRequirement', 'requiredDecision'),
      sources: required('authorityRequirement', 'requiredAuthority'),
      knowledge: required('knowledgeRequirement', 'requiredKnowledge'),
      imported: [],
    },
    logic: readLogic(at, element),
  }
}

/** What the `href="#id"` of requirements point at. */
class ElementNames {
  readonly #at: Elements
  readonly #names = new Map<string, string>()

  constructor(at: Elements, root: XmlElement) {
    this.#at = at
    for (const element of root.children) {
      const id = element.attributes.get('id')
      if (id === undefined || element.attributes.get('name') === undefined) continue
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

  referredTo(reference: XmlElement): string {
    const href = reference.attributes.get('href') ?? ''
    const name = href.startsWith('#') ? this.#names.get(href.slice(1)) : undefined
    if (name !== undefined) return name
    throw this.#at.refuse(
      reference,
      `<${reference.name}> 指向“${href}”，本文件中没有这个元素。请重新连线或删除该要求。`,
      `<${reference.name}> points at "${href}", which is not in this file. Redraw or remove the requirement.`,
    )
  }
}

/** Older editors write type names with a prefix, `feel:number`. */
function localName(typeRef: string): string {
  return typeRef.replace(/^feel:/, '')
}
