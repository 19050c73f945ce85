import { parseXml, type XmlElement } from '../src/read/xml.ts'

/** A value as the kit writes it: `type` is its XML Schema type, `decimal`, `dateTime`, …, where one is given. */
export type Written =
  | { readonly kind: 'nil' }
  | { readonly kind: 'simple'; readonly type: string | undefined; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Written[] }
  | { readonly kind: 'context'; readonly fields: ReadonlyMap<string, Written> }

export interface Expectation {
  /** The decision, or the output decision of a service. */
  readonly name: string
  readonly type: string | undefined
  readonly expected: Written
  /** The result is null because something went wrong. */
  readonly error: boolean
}

export interface Input {
  readonly name: string
  /** The model the input belongs to, where it is an imported one. */
  readonly namespace: string | undefined
  readonly value: Written
}

export interface TestCase {
  readonly id: string
  readonly type: 'decision' | 'decisionService' | 'bkm'
  /** The service or knowledge model that is called. */
  readonly invocable: string | undefined
  readonly inputs: readonly Input[]
  readonly results: readonly Expectation[]
}

export interface Suite {
  readonly model: string
  readonly cases: readonly TestCase[]
}

const INSTANCE = '{http://www.w3.org/2001/XMLSchema-instance}'

/** Reads a file of the kit, `…-test-01.xml` (testCases.xsd). */
export function readSuite(xml: string, file: string): Suite {
  const root = parseXml(xml, file)
  return {
    model: children(root, 'modelName')[0]?.text.trim() ?? '',
    cases: children(root, 'testCase').map(readCase),
  }
}

function readCase(element: XmlElement): TestCase {
  const type = element.attributes.get('type')
  return {
    id: element.attributes.get('id') ?? '',
    type: type === 'decisionService' || type === 'bkm' ? type : 'decision',
    invocable: element.attributes.get('invocableName'),
    inputs: children(element, 'inputNode').map(input => ({
      name: nameOf(input),
      namespace: input.attributes.get('namespace'),
      value: readValue(input),
    })),
    results: children(element, 'resultNode').map(result => {
      const [expected] = children(result, 'expected')
      return {
        name: nameOf(result),
        type: result.attributes.get('type'),
        expected: expected === undefined ? { kind: 'nil' } : readValue(expected),
        error: result.attributes.get('errorResult')?.trim() === 'true',
      }
    }),
  }
}

function readValue(holder: XmlElement): Written {
  const [value] = children(holder, 'value')
  if (value !== undefined) {
    if (isNil(value)) return { kind: 'nil' }
    return {
      kind: 'simple',
      type: value.attributes.get(`${INSTANCE}type`)?.replace(/^.*:/, ''),
      text: value.text,
    }
  }
  const [list] = children(holder, 'list')
  if (list !== undefined) {
    return isNil(list) ? { kind: 'nil' } : { kind: 'list', items: children(list, 'item').map(readValue) }
  }
  const components = children(holder, 'component')
  if (components.length === 0) return { kind: 'nil' }
  const fields = new Map<string, Written>()
  for (const each of components) fields.set(nameOf(each), isNil(each) ? { kind: 'nil' } : readValue(each))
  return { kind: 'context', fields }
}

function isNil(element: XmlElement): boolean {
  return element.attributes.get(`${INSTANCE}nil`)?.trim() === 'true'
}

function nameOf(element: XmlElement): string {
  return element.attributes.get('name') ?? ''
}

function children(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter(child => child.name === name)
}
