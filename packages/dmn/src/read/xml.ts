import { SaxesParser } from 'saxes'
import { ModelError } from '../problem.ts'

/** One XML element. Attributes of a namespace stand as `{namespace}name`; those DMN defines have none. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
  readonly line: number
}

interface OpenElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: Map<string, string>
  readonly children: OpenElement[]
  text: string
  readonly line: number
}

export const LIMITS = {
  /** Characters of the file. */
  size: 5_000_000,
  /** Elements inside elements. */
  depth: 100,
  elements: 200_000,
  attributes: 100,
} as const

/**
 * Reads an XML file into elements. Entities cannot be declared: a DOCTYPE is refused, so nothing can be expanded or
 * fetched.
 */
export function parseXml(xml: string, file: string): XmlElement {
  if (xml.length > LIMITS.size) throw tooMuch(file, 1, 'characters', '字符', xml.length, LIMITS.size)
  const parser = new SaxesParser({ xmlns: true, position: true })
  const open: OpenElement[] = []
  let root: OpenElement | undefined
  let elements = 0

  parser.on('error', error => {
    throw refused(
      file,
      parser.line,
      `XML 格式有误：${error.message}`,
      `The XML is not well-formed: ${error.message}`,
    )
  })
  parser.on('doctype', () => {
    throw refused(
      file,
      parser.line,
      '文件含有 DOCTYPE 声明。出于安全考虑不予读取，请删去该声明后重新保存。',
      'The file carries a DOCTYPE. For safety it is not read; remove the declaration and save again.',
    )
  })
  parser.on('opentag', tag => {
    if (++elements > LIMITS.elements) {
      throw tooMuch(file, parser.line, 'elements', '个元素', elements, LIMITS.elements)
    }
    if (open.length >= LIMITS.depth) {
      throw tooMuch(file, parser.line, 'levels of elements', '层元素', open.length + 1, LIMITS.depth)
    }
    const attributes = new Map<string, string>()
    for (const attribute of Object.values(tag.attributes)) {
      const { uri, local, value } = attribute
      attributes.set(uri === '' ? local : `{${uri}}${local}`, value)
    }
    if (attributes.size > LIMITS.attributes) {
      throw tooMuch(file, parser.line, 'attributes', '个属性', attributes.size, LIMITS.attributes)
    }
    const element: OpenElement = {
      name: tag.local,
      namespace: tag.uri,
      attributes,
      children: [],
      text: '',
      line: parser.line,
    }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  const addText = (text: string) => {
    const element = open.at(-1)
    if (element) element.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    open.pop()
  })

  parser.write(xml).close()
  if (root === undefined) throw refused(file, 1, '文件中没有任何元素。', 'The file holds no element at all.')
  return root
}

function refused(file: string, line: number, zh: string, en: string): ModelError {
  return new ModelError({ code: 'xml', severity: 'error', where: { file, line }, zh, en })
}

function tooMuch(
  file: string,
  line: number,
  what: string,
  whatZh: string,
  found: number,
  limit: number,
): ModelError {
  return new ModelError({
    code: 'limit',
    severity: 'error',
    where: { file, line },
    zh: `文件超出上限：${found} ${whatZh}，最多 ${limit}。请拆分模型。`,
    en: `The file exceeds a limit: ${found} ${what}, at most ${limit}. Split the model.`,
  })
}
