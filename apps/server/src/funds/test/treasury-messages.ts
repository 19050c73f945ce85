import { type Fen, formatYuan } from '../../platform/money.ts'
import { element, type XmlElementText, xmlFile } from '../xml-text.ts'

/** What a treasury would send: written here a second time, from the standard and not from the reader. */
export interface Saying {
  readonly endToEndId: string
  readonly amountFen?: Fen | undefined
  readonly currency?: string | undefined
  readonly accountNumber?: string | undefined
}

export interface StatusSaying extends Saying {
  readonly status?: string | undefined
  readonly reason?: string | undefined
}

const CREATED = element('CreDtTm', '2022-10-10T08:00:00+08:00')

function optional(present: boolean, make: () => XmlElementText): XmlElementText[] {
  return present ? [make()] : []
}

function amount(name: string, { amountFen, currency = 'CNY' }: Saying): XmlElementText[] {
  return amountFen === undefined ? [] : [element(name, formatYuan(amountFen), { Ccy: currency })]
}

function account(name: string, accountNumber: string | undefined): XmlElementText[] {
  if (accountNumber === undefined) return []
  return [element(name, [element('Id', [element('Othr', [element('Id', accountNumber)])])])]
}

export interface Pain002 {
  readonly messageId: string
  readonly batchNumber: string
  readonly groupStatus?: string
  readonly groupReason?: string
  readonly transactions?: readonly StatusSaying[]
}

export function pain002(message: Pain002): string {
  const { messageId, batchNumber, groupStatus, groupReason, transactions = [] } = message
  const group = element('OrgnlGrpInfAndSts', [
    element('OrgnlMsgId', batchNumber),
    element('OrgnlMsgNmId', 'pain.001.001.10'),
    ...optional(groupStatus !== undefined, () => element('GrpSts', groupStatus ?? '')),
    ...reasonOf(groupReason),
  ])
  const payment = element('OrgnlPmtInfAndSts', [
    element('OrgnlPmtInfId', batchNumber),
    ...transactions.map(statusOf),
  ])
  const report = element('CstmrPmtStsRpt', [
    element('GrpHdr', [element('MsgId', messageId), CREATED]),
    group,
    ...optional(transactions.length > 0, () => payment),
  ])
  return document('pain.002.001.11', report)
}

function statusOf(saying: StatusSaying): XmlElementText {
  const original = [
    ...optional(saying.amountFen !== undefined, () => element('Amt', amount('InstdAmt', saying))),
    ...account('CdtrAcct', saying.accountNumber),
  ]
  return element('TxInfAndSts', [
    ...optional(saying.endToEndId !== '', () => element('OrgnlEndToEndId', saying.endToEndId)),
    ...optional(saying.status !== undefined, () => element('TxSts', saying.status ?? '')),
    ...reasonOf(saying.reason),
    element('AccptncDtTm', '2022-10-10T09:30:00+08:00'),
    ...optional(original.length > 0, () => element('OrgnlTxRef', original)),
  ])
}

function reasonOf(reason: string | undefined): XmlElementText[] {
  return reason === undefined ? [] : [element('StsRsnInf', [element('Rsn', [element('Cd', reason)])])]
}

export interface BookedSaying extends Saying {
  readonly bookedOn?: string
  readonly status?: string
  /** A return, with its reason. */
  readonly returned?: string | undefined
  readonly direction?: 'DBIT' | 'CRDT'
}

export function camt054(messageId: string, entries: readonly (readonly BookedSaying[])[]): string {
  const notification = element('Ntfctn', [
    element('Id', messageId),
    CREATED,
    ...account('Acct', '9901000000000001'),
    ...entries.map(entryOf),
  ])
  const message = element('BkToCstmrDbtCdtNtfctn', [
    element('GrpHdr', [element('MsgId', messageId), CREATED]),
    notification,
  ])
  return document('camt.054.001.08', message)
}

function entryOf(details: readonly BookedSaying[]): XmlElementText {
  const [head] = details
  const amountFen = details.reduce((sum, each) => sum + (each.amountFen ?? 0n), 0n)
  return element('Ntry', [
    ...amount('Amt', { endToEndId: '', amountFen, currency: head?.currency }),
    element('CdtDbtInd', directionOf(head)),
    element('Sts', [element('Cd', head?.status ?? 'BOOK')]),
    element('BookgDt', [element('Dt', head?.bookedOn ?? '2022-10-11')]),
    element('BkTxCd', [element('Prtry', [element('Cd', 'GOVT')])]),
    element(
      'NtryDtls',
      details.map(detail =>
        element('TxDtls', [
          element('Refs', [element('AcctSvcrRef', 'T-1'), element('EndToEndId', detail.endToEndId)]),
          ...amount('Amt', detail),
          element('CdtDbtInd', directionOf(detail)),
          ...optional(detail.accountNumber !== undefined, () =>
            element('RltdPties', account('CdtrAcct', detail.accountNumber)),
          ),
          ...optional(detail.returned !== undefined, () =>
            element('RtrInf', [element('Rsn', [element('Cd', detail.returned ?? '')])]),
          ),
        ]),
      ),
    ),
  ])
}

function directionOf(saying: BookedSaying | undefined): string {
  return saying?.direction ?? (saying?.returned === undefined ? 'DBIT' : 'CRDT')
}

function document(kind: string, message: XmlElementText): string {
  return xmlFile(element('Document', [message], { xmlns: `urn:iso:std:iso:20022:tech:xsd:${kind}` }))
}
