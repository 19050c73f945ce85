import { DomainError } from '../../platform/errors.ts'
import { readCamt054 } from './read-camt054.ts'
import { readPain002 } from './read-pain002.ts'
import { readXml, type XmlElement } from './read-xml.ts'
import type { Receipt, ReceiptKind, ReceiptTransaction } from './receipt.ts'
import { first, textAt } from './xml-path.ts'

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:'

interface Reader {
  readonly kind: ReceiptKind
  /** The element inside the document that is the message. */
  readonly message: string
  readonly read: (message: XmlElement | undefined) => ReceiptTransaction[]
}

const READERS: readonly Reader[] = [
  { kind: 'pain.002.001.11', message: 'CstmrPmtStsRpt', read: readPain002 },
  { kind: 'camt.054.001.08', message: 'BkToCstmrDbtCdtNtfctn', read: readCamt054 },
]

/**
 * Reads a receipt of the treasury, of either kind. The kind is found by the namespace, never by what the elements
 * are called.
 *
 * @throws DomainError `receipt.kind-unknown`, `receipt.message-id-missing`, and those of `readXml`
 */
export function readReceipt(xml: string): Receipt {
  const { namespace, root } = readXml(xml)
  const reader = READERS.find(({ kind }) => namespace === NAMESPACE + kind)
  const message = reader && root.name === 'Document' ? first(root, reader.message) : undefined
  if (reader === undefined || message === undefined) throw unknownKind(namespace)
  const messageId = textAt(message, 'GrpHdr/MsgId')
  if (messageId === null || messageId.length > 35) throw messageIdMissing(messageId)
  return { kind: reader.kind, messageId, transactions: reader.read(message) }
}

function unknownKind(namespace: string): DomainError {
  return new DomainError({
    code: 'receipt.kind-unknown',
    value: namespace.slice(0, 100),
    zh: '不是可处理的回单：只接收 pain.002.001.11 和 camt.054.001.08。',
    en: 'This is no receipt that can be read: send pain.002.001.11 or camt.054.001.08.',
    status: 415,
  })
}

function messageIdMissing(messageId: string | null): DomainError {
  return new DomainError({
    code: 'receipt.message-id-missing',
    value: messageId?.slice(0, 100),
    where: 'GrpHdr/MsgId',
    zh: '报文标识 GrpHdr/MsgId 缺失或超过 35 个字：没有它无法防止重复入账。',
    en: 'GrpHdr/MsgId is missing or longer than 35 characters: without it a repeated message cannot be told apart.',
  })
}
