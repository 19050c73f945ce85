import { SaxesParser } from 'saxes'
import { DomainError } from '../../platform/errors.ts'

/** An element of the message, with its children by name. Elements of other namespaces are left out. */
export interface XmlElement {
  readonly name: string
  readonly currency: string | undefined
  readonly children: readonly XmlElement[]
  readonly text: string
}

export interface XmlDocument {
  /** The namespace of the root, which is the namespace of every element kept. */
  readonly namespace: string
  readonly root: XmlElement
}

interface OpenElement extends XmlElement {
  readonly namespace: string
  readonly children: OpenElement[]
  text: string
}

/** A receipt for the largest payment batch stays well below each of them. */
const LIMITS = { characters: 48_000_000, depth: 24, elements: 1_500_000, attributes: 200_000 } as const

/**
 * Reads a message of the treasury. Nothing can be declared, expanded or fetched: a DOCTYPE is refused, and the only
 * entities are those of XML itself. The bytes must have been decoded as UTF-8.
 *
 * @throws DomainError `receipt.malformed`, `receipt.doctype`, `receipt.encoding`, `receipt.too-large`
 */
export function readXml(xml: string): XmlDocument {
  requireWithin('characters', xml.length)
  const parser = new SaxesParser({ xmlns: true, position: true })
  const open: OpenElement[] = []
  const counts = { elements: 0, attributes: 0 }
  let root: OpenElement | undefined

  parser.on('error', error => {
    throw malformed(`${parser.line}:${parser.column}`, error.message)
  })
  parser.on('doctype', () => {
    throw refused(
      'receipt.doctype',
      'DOCTYPE',
      '报文含有 DOCTYPE 声明，不予读取。',
      'The message carries a DOCTYPE and is not read.',
    )
  })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding === undefined || encoding.toLowerCase() === 'utf-8') return
    throw refused(
      'receipt.encoding',
      encoding,
      '报文须为 UTF-8 编码。',
      'The message must be encoded in UTF-8.',
    )
  })
  parser.on('attribute', () => requireWithin('attributes', ++counts.attributes))
  parser.on('opentag', tag => {
    requireWithin('elements', ++counts.elements)
    requireWithin('depth', open.length + 1)
    const element: OpenElement = {
      name: tag.local,
      namespace: tag.uri,
      currency: tag.attributes.Ccy?.value,
      children: [],
      text: '',
    }
    root ??= element
    if (element.namespace === root.namespace) open.at(-1)?.children.push(element)
    open.push(element)
  })
  const addText = (text: string): void => {
    const element = open.at(-1)
    if (element !== undefined) element.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(xml).close()
  if (root === undefined) throw malformed('1:0', 'no element')
  return { namespace: root.namespace, root }
}

function requireWithin(what: keyof typeof LIMITS, found: number): void {
  if (found <= LIMITS[what]) return
  throw refused(
    'receipt.too-large',
    `${what} > ${LIMITS[what]}`,
    `报文超出上限（${what} 最多 ${LIMITS[what]}）：请分成几份发送。`,
    `The message exceeds a limit (at most ${LIMITS[what]} ${what}): send it in several.`,
  )
}

function malformed(where: string, reason: string): DomainError {
  return new DomainError({
    code: 'receipt.malformed',
    where,
    zh: `报文不是格式良好的 XML（第 ${where} 处）：${reason}`,
    en: `The message is not well-formed XML (at ${where}): ${reason}`,
    status: 400,
  })
}

function refused(code: string, value: string, zh: string, en: string): DomainError {
  return new DomainError({ code, value, zh, en, status: 400 })
}
