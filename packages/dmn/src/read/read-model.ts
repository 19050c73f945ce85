import { ModelError } from '../problem.ts'
import { readFunction, readLogic } from './boxed.ts'
import { Elements } from './elements.ts'
import { readForeignImports, readImports, withNameless } from './imports.ts'
import { readItemDefinition } from './item-definition.ts'
import type { Decision, DecisionService, InputData, KnowledgeModel, KnowledgeSource, Model } from './model.ts'
import { References } from './references.ts'
import { parseXml, type XmlElement } from './xml.ts'

/** DMN 1.2 differs from 1.3 only in what is drawn. */
const VERSIONS: ReadonlyMap<string, Model['dmnVersion']> = new Map<string, Model['dmnVersion']>(
  Object.entries({
    'http://www.omg.org/spec/DMN/20180521/MODEL/': '1.2',
    'https://www.omg.org/spec/DMN/20191111/MODEL/': '1.3',
    'https://www.omg.org/spec/DMN/20211108/MODEL/': '1.4',
    'https://www.omg.org/spec/DMN/20230324/MODEL/': '1.5',
  }),
)

export interface ReadOptions {
  /** The name messages use. */
  readonly file: string
  /** Models the file may import, found by their namespace. */
  readonly imports?: readonly Model[]
}

/**
 * Reads a DMN 1.2, 1.3, 1.4 or 1.5 file. FEEL texts are not looked into: `check` does.
 *
 * @throws ModelError when the XML is not well-formed, carries a DOCTYPE, exceeds a limit, or is not a DMN model
 *
 * @example
 * const model = readModel(xml, { file: '贴息.dmn' })
 * const names = model.decisions.map(decision => decision.name)
 */
export function readModel(xml: string, options: ReadOptions): Model {
  return readDefinitions(parseXml(xml, options.file), options)
}

/** A model from the root element of its file. */
export function readDefinitions(root: XmlElement, { file, imports: given = [] }: ReadOptions): Model {
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
  const at = new Elements(file, root)
  const namespace = at.attribute(root, 'namespace') ?? ''
  const imports = readImports(at, root, given)
  const references = new References(at, root, namespace, imports)
  return Object.freeze(
    withNameless(imports, {
      file,
      name: at.attribute(root, 'name') ?? file,
      namespace,
      dmnVersion,
      imports,
      inputs: at.all(root, 'inputData').map(element => readInput(at, element)),
      types: at.all(root, 'itemDefinition').map(element => readItemDefinition(at, element)),
      sources: at.all(root, 'knowledgeSource').map(element => readSource(at, element)),
      decisions: at.all(root, 'decision').map(element => readDecision(at, references, element)),
      knowledgeModels: at
        .all(root, 'businessKnowledgeModel')
        .map(element => readKnowledgeModel(at, references, element)),
      services: at.all(root, 'decisionService').map(element => readService(at, references, element)),
      unsupported: readForeignImports(at, root),
    }),
  )
}

function readInput(at: Elements, element: XmlElement): InputData {
  return {
    ...at.described(element),
    name: at.nameOf(element),
    ...at.typeRefOf(at.find(element, 'variable')),
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

function readDecision(at: Elements, references: References, element: XmlElement): Decision {
  const question = at.textOf(element, 'question')
  const inputs = references.required(element, 'informationRequirement', 'requiredInput', 'input')
  const decisions = references.required(element, 'informationRequirement', 'requiredDecision', 'decision')
  const knowledge = references.required(element, 'knowledgeRequirement', 'requiredKnowledge', 'knowledge')
  const sources = at
    .all(element, 'authorityRequirement')
    .flatMap(each => at.all(each, 'requiredAuthority'))
    .map(each => references.referredTo(each).name)
  return {
    ...at.described(element),
    name: at.nameOf(element),
    ...(question === undefined ? {} : { question }),
    ...at.typeRefOf(at.find(element, 'variable')),
    requires: {
      inputs: inputs.own,
      decisions: decisions.own,
      sources,
      knowledge: knowledge.own,
      imported: [...inputs.imported, ...decisions.imported, ...knowledge.imported],
    },
    logic: readLogic(at, element),
  }
}

function readKnowledgeModel(at: Elements, references: References, element: XmlElement): KnowledgeModel {
  const { own, imported } = references.required(
    element,
    'knowledgeRequirement',
    'requiredKnowledge',
    'knowledge',
  )
  const logic = at.find(element, 'encapsulatedLogic')
  const { line } = element
  return {
    ...at.described(element),
    name: at.nameOf(element),
    ...at.typeRefOf(at.find(element, 'variable')),
    requires: { knowledge: own, imported },
    logic: logic
      ? readFunction(at, logic)
      : {
          kind: 'function',
          id: '',
          line,
          language: 'FEEL',
          parameters: [],
          body: { kind: 'unsupported', element: '', line },
        },
  }
}

function readService(at: Elements, references: References, element: XmlElement): DecisionService {
  const all = (name: string) => at.all(element, name).map(each => references.referredTo(each))
  return {
    ...at.described(element),
    name: at.nameOf(element),
    ...at.typeRefOf(at.find(element, 'variable')),
    outputDecisions: all('outputDecision'),
    encapsulatedDecisions: all('encapsulatedDecision'),
    inputDecisions: all('inputDecision'),
    inputs: all('inputData'),
  }
}
