import { type Explained, evaluate, type Model, type PlainInputs, readModel } from '../src/index.ts'

/** A model whose elements are written out as DMN: for what `model-xml.ts` has no short form for. */
export function wholeModel(elements: string, more: { readonly imports?: readonly Model[] } = {}): Model {
  return readModel(
    `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="模型" namespace="https://millrace.example/whole">${elements}</definitions>`,
    { file: '模型.dmn', ...more },
  )
}

export function decide(model: Model, decision: string, inputs: PlainInputs = {}): Explained {
  return evaluate(model, decision, inputs, { asOf: '2026-06-21' })
}

/** A literal expression. */
export function feelText(text: string, type?: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<literalExpression${type === undefined ? '' : ` typeRef="${type}"`}><text>${escaped}</text></literalExpression>`
}

/** One decision that requires nothing, or what is written in `requires`. */
export function decisionXml(
  name: string,
  logic: string,
  more: { type?: string; requires?: string } = {},
): string {
  const type = more.type === undefined ? '' : ` typeRef="${more.type}"`
  return `<decision id="${name}" name="${name}"><variable name="${name}"${type}/>${more.requires ?? ''}${logic}</decision>`
}

export function knows(name: string): string {
  return `<knowledgeRequirement><requiredKnowledge href="#${name}"/></knowledgeRequirement>`
}

export function asks(name: string): string {
  return `<informationRequirement><requiredInput href="#${name}"/></informationRequirement>`
}

export function inputXml(name: string, type?: string): string {
  return `<inputData id="${name}" name="${name}"><variable name="${name}"${type === undefined ? '' : ` typeRef="${type}"`}/></inputData>`
}
