import { element, writeXml } from '../xml.ts'

export interface Payment {
  readonly end_to_end_id: string
  readonly amount: string
  readonly payee: string
  readonly account_number: string
}

/** A `pain.001.001.10` file such as a platform sends. */
export function paymentOrder(messageId: string, payments: readonly Payment[]): string {
  const account = (name: string, number: string) =>
    element(name, [element('Id', [element('Othr', [element('Id', number)])])])
  const agent = (name: string) =>
    element(name, [element('FinInstnId', [element('Othr', [element('Id', '900100000017')])])])
  const root = element('CstmrCdtTrfInitn', [
    element('GrpHdr', [
      element('MsgId', messageId),
      element('CreDtTm', '2022-09-30T09:00:00+08:00'),
      element('NbOfTxs', String(payments.length)),
      element('InitgPty', [element('Nm', '试镇市工业和信息化局')]),
    ]),
    element('PmtInf', [
      element('PmtInfId', `${messageId}-1`),
      element('PmtMtd', 'TRF'),
      element('ReqdExctnDt', [element('Dt', '2022-09-30')]),
      element('Dbtr', [element('Nm', '试镇市工业和信息化局')]),
      account('DbtrAcct', '620000000000000001'),
      agent('DbtrAgt'),
      ...payments.map(({ end_to_end_id, amount, payee, account_number }) =>
        element('CdtTrfTxInf', [
          element('PmtId', [element('EndToEndId', end_to_end_id)]),
          element('Amt', [element('InstdAmt', amount, { Ccy: 'CNY' })]),
          agent('CdtrAgt'),
          element('Cdtr', [element('Nm', payee)]),
          account('CdtrAcct', account_number),
        ]),
      ),
    ]),
  ])
  return writeXml(element('Document', [root], { xmlns: 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.10' }))
}
