import type { PlainDate } from '../platform/dates.ts'
import { type Fen, formatYuan } from '../platform/money.ts'
import type { AccountDetails } from './payee-account.ts'
import { element, type XmlElementText, xmlFile } from './xml-text.ts'

/** One payment: what identifies it, whom it reaches, and what the payee reads. */
export interface CreditTransfer {
  readonly endToEndId: string
  readonly amountFen: Fen
  readonly payee: AccountDetails
  /** The number of what is paid: at most 35 characters. */
  readonly reference: string
  /** At most 140 characters. */
  readonly remittance: string
}

export interface PaymentInitiation {
  readonly messageId: string
  readonly createdAt: Date
  /** The day on which the treasury is to pay. */
  readonly executionDate: PlainDate
  readonly payer: AccountDetails
  readonly transfers: readonly CreditTransfer[]
}

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.10'

/**
 * Writes the file that asks the treasury to pay: one payment block, in yuan, booked payment by payment, with the
 * control sum and the number of transfers in both headers.
 *
 * Source: ISO 20022 CustomerCreditTransferInitiationV10; banks by their CNAPS code (ExternalClearingSystemIdentification1Code)
 */
export function writePain001({
  messageId,
  createdAt,
  executionDate,
  payer,
  transfers,
}: PaymentInitiation): string {
  const totals = [
    element('NbOfTxs', String(transfers.length)),
    element('CtrlSum', formatYuan(transfers.reduce((sum, transfer) => sum + transfer.amountFen, 0n))),
  ]
  const header = element('GrpHdr', [
    element('MsgId', messageId),
    element('CreDtTm', createdAt.toISOString()),
    ...totals,
    element('InitgPty', [element('Nm', payer.holderName)]),
  ])
  const payments = element('PmtInf', [
    element('PmtInfId', messageId),
    element('PmtMtd', 'TRF'),
    element('BtchBookg', 'false'),
    ...totals,
    element('PmtTpInf', [element('CtgyPurp', [element('Cd', 'GOVT')])]),
    element('ReqdExctnDt', [element('Dt', executionDate)]),
    element('Dbtr', [element('Nm', payer.holderName)]),
    account('DbtrAcct', payer),
    agent('DbtrAgt', payer),
    ...transfers.map(creditTransfer),
  ])
  const initiation = element('CstmrCdtTrfInitn', [header, payments])
  return xmlFile(element('Document', [initiation], { xmlns: NAMESPACE }))
}

function creditTransfer(transfer: CreditTransfer): XmlElementText {
  return element('CdtTrfTxInf', [
    element('PmtId', [element('EndToEndId', transfer.endToEndId)]),
    element('Amt', [element('InstdAmt', formatYuan(transfer.amountFen), { Ccy: 'CNY' })]),
    agent('CdtrAgt', transfer.payee),
    element('Cdtr', [element('Nm', transfer.payee.holderName)]),
    account('CdtrAcct', transfer.payee),
    element('RmtInf', [
      element('Strd', [
        element('CdtrRefInf', [element('Ref', transfer.reference)]),
        element('AddtlRmtInf', transfer.remittance),
      ]),
    ]),
  ])
}

function account(name: string, { accountNumber }: AccountDetails): XmlElementText {
  return element(name, [
    element('Id', [element('Othr', [element('Id', accountNumber)])]),
    element('Ccy', 'CNY'),
  ])
}

function agent(name: string, { bankCode }: AccountDetails): XmlElementText {
  const system = element('ClrSysId', [element('Cd', 'CNAPS')])
  const member = element('ClrSysMmbId', [system, element('MmbId', bankCode)])
  return element(name, [element('FinInstnId', [member])])
}
