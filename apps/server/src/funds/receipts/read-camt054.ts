import type { XmlElement } from './read-xml.ts'
import { type ReceiptTransaction, readAmount, readCode, readDay, type Statement } from './receipt.ts'
import { all, first, textAt } from './xml-path.ts'

/**
 * The transactions of a debit and credit notification. A booked entry says that the payment was made, whether the
 * account it stands in is the treasury's (debit) or the payee's (credit); with return information, or marked as a
 * reversal, that it came back.
 *
 * Source: ISO 20022 BankToCustomerDebitCreditNotificationV08
 */
export function readCamt054(notification: XmlElement | undefined): ReceiptTransaction[] {
  return all(notification, 'Ntfctn/Ntry').flatMap(entry => {
    const details = all(entry, 'NtryDtls/TxDtls')
    if (details.length === 0) return [transaction(entry, undefined, true)]
    return details.map(detail => transaction(entry, detail, details.length === 1))
  })
}

function transaction(entry: XmlElement, detail: XmlElement | undefined, alone: boolean): ReceiptTransaction {
  const code = textAt(entry, 'Sts/Cd', 'Sts/Prtry') ?? ''
  const returned = first(detail, 'RtrInf') !== undefined || isTrue(textAt(entry, 'RvslInd'))
  const amount =
    first(detail, 'Amt') ??
    first(detail, 'AmtDtls/TxAmt/Amt') ??
    first(detail, 'AmtDtls/InstdAmt/Amt') ??
    (alone ? first(entry, 'Amt') : undefined)
  return {
    wholeBatch: false,
    endToEndId: readCode(textAt(detail, 'Refs/EndToEndId')),
    batchNumber: null,
    says: statement(code, returned),
    statusCode: code.slice(0, 35),
    reasonCode: readCode(textAt(detail, 'RtrInf/Rsn/Cd', 'RtrInf/Rsn/Prtry')),
    amount: readAmount(amount),
    accountNumber: readCode(textAt(detail, 'RltdPties/CdtrAcct/Id/Othr/Id', 'RltdPties/CdtrAcct/Id/IBAN')),
    bookedOn: readDay(textAt(entry, 'BookgDt/Dt', 'BookgDt/DtTm')),
    treasuryReference: readCode(
      textAt(detail, 'Refs/AcctSvcrRef') ?? textAt(entry, 'AcctSvcrRef', 'NtryRef'),
    ),
  }
}

function statement(code: string, returned: boolean): Statement {
  if (code === 'BOOK') return returned ? 'returned' : 'settled'
  return code === 'PDNG' || code === 'INFO' || code === 'FUTR' ? 'pending' : 'unknown'
}

function isTrue(text: string | null): boolean {
  return text === 'true' || text === '1'
}
