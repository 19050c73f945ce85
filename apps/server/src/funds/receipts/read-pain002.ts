import type { XmlElement } from './read-xml.ts'
import { type ReceiptTransaction, readAmount, readCode, readDay, type Statement } from './receipt.ts'
import { all, first, textAt } from './xml-path.ts'

/**
 * ISO 20022 external payment transaction and group status codes that we act on. ACSC: settled on the payer's side,
 * ACCC: on the payee's; the others that are known say that it is under way.
 */
const STATEMENTS: Readonly<Record<string, Statement>> = {
  ACSC: 'settled',
  ACCC: 'settled',
  RJCT: 'rejected',
  CANC: 'rejected',
  ACTC: 'pending',
  ACCP: 'pending',
  ACSP: 'pending',
  ACFC: 'pending',
  ACWC: 'pending',
  ACWP: 'pending',
  PATC: 'pending',
  PART: 'pending',
  PDNG: 'pending',
  RCVD: 'pending',
}

interface Status {
  readonly code: string | null
  readonly reason: string | null
}

/**
 * The transactions of a payment status report. A transaction without a status of its own has that of its payment
 * block, or of the group; a block or group without transactions speaks of the whole batch.
 *
 * Source: ISO 20022 CustomerPaymentStatusReportV11
 */
export function readPain002(report: XmlElement | undefined): ReceiptTransaction[] {
  const group = first(report, 'OrgnlGrpInfAndSts')
  const batchNumber = readCode(textAt(group, 'OrgnlMsgId'))
  const groupStatus = status(group, 'GrpSts', { code: null, reason: null })
  const payments = all(report, 'OrgnlPmtInfAndSts')
  const transactions = payments.flatMap(payment => {
    const paymentStatus = status(payment, 'PmtInfSts', groupStatus)
    const parts = all(payment, 'TxInfAndSts')
    if (parts.length === 0) return paymentStatus.code === null ? [] : [wholeBatch(batchNumber, paymentStatus)]
    return parts.map(part => transaction(part, batchNumber, status(part, 'TxSts', paymentStatus)))
  })
  if (transactions.length > 0) return transactions
  return [wholeBatch(batchNumber, groupStatus)]
}

function status(element: XmlElement | undefined, name: string, outer: Status): Status {
  const code = readCode(textAt(element, name))
  const reason = readCode(textAt(element, 'StsRsnInf/Rsn/Cd', 'StsRsnInf/Rsn/Prtry'))
  return { code: code ?? outer.code, reason: reason ?? outer.reason }
}

function transaction(
  part: XmlElement,
  batchNumber: string | null,
  { code, reason }: Status,
): ReceiptTransaction {
  const original = first(part, 'OrgnlTxRef')
  return {
    wholeBatch: false,
    endToEndId: readCode(textAt(part, 'OrgnlEndToEndId')),
    batchNumber,
    says: statement(code),
    statusCode: code ?? '',
    reasonCode: reason,
    amount: readAmount(first(original, 'Amt/InstdAmt') ?? first(original, 'IntrBkSttlmAmt')),
    accountNumber: readCode(textAt(original, 'CdtrAcct/Id/Othr/Id', 'CdtrAcct/Id/IBAN')),
    bookedOn: readDay(textAt(original, 'IntrBkSttlmDt')) ?? readDay(textAt(part, 'AccptncDtTm')),
    treasuryReference: readCode(textAt(part, 'AcctSvcrRef', 'StsId')),
  }
}

function wholeBatch(batchNumber: string | null, { code, reason }: Status): ReceiptTransaction {
  return {
    wholeBatch: true,
    endToEndId: null,
    batchNumber,
    says: statement(code),
    statusCode: code ?? '',
    reasonCode: reason,
    amount: null,
    accountNumber: null,
    bookedOn: null,
    treasuryReference: null,
  }
}

function statement(code: string | null): Statement {
  return (code !== null && Object.hasOwn(STATEMENTS, code) && STATEMENTS[code]) || 'unknown'
}
