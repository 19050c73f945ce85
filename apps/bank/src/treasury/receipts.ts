import { createHash } from 'node:crypto'
import type { PlainDate } from '../calendar.ts'
import { formatYuan, parseYuan, sum } from '../money.ts'
import { element, writeXml, type XmlElement } from '../xml.ts'
import type { Instruction, PaymentFile } from './payment-file.ts'

/** Why a payment cannot be made, by account number; undefined: it can. */
export type Refuse = (instruction: Instruction) => string | undefined

export interface Receipt {
  readonly message_id: string
  readonly xml: string
}

/** At most 35 characters, and the same for the same payments answered on the same day. */
function identifier(prefix: string, ...parts: readonly string[]): string {
  return prefix + createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24)
}

const REASONS: Readonly<Record<string, string>> = {
  AC01: '账号有误',
  AC04: '账户已销户',
  AC06: '账户已冻结',
}

const total = (instructions: readonly Instruction[]) =>
  formatYuan(sum(instructions.map(({ amount }) => parseYuan(amount))))

function status(refuse: Refuse, instruction: Instruction): XmlElement {
  const reason = refuse(instruction)
  const identity = [
    ...(instruction.instruction_id ? [element('OrgnlInstrId', instruction.instruction_id)] : []),
    element('OrgnlEndToEndId', instruction.end_to_end_id),
  ]
  if (reason === undefined) return element('TxInfAndSts', [...identity, element('TxSts', 'ACSP')])
  const why = element('StsRsnInf', [
    element('Rsn', [element('Cd', reason)]),
    ...(REASONS[reason] ? [element('AddtlInf', REASONS[reason])] : []),
  ])
  return element('TxInfAndSts', [...identity, element('TxSts', 'RJCT'), why])
}

/** ACSP: all are on their way; PART: some; RJCT: none. */
function groupStatus(refused: number, all: number): string {
  if (refused === 0) return 'ACSP'
  return refused === all ? 'RJCT' : 'PART'
}

/**
 * The status report on a payment file (`pain.002.001.11`): each payment accepted for settlement, or rejected with
 * the reason.
 */
export function statusReport(file: PaymentFile, refuse: Refuse, day: PlainDate): Receipt {
  const message_id = identifier('STS', file.message_id, day)
  const instructions = file.blocks.flatMap(block => block.instructions)
  const refused = (some: readonly Instruction[]) => some.filter(each => refuse(each) !== undefined).length
  const report = element('CstmrPmtStsRpt', [
    element('GrpHdr', [element('MsgId', message_id), element('CreDtTm', `${day}T09:30:00+08:00`)]),
    element('OrgnlGrpInfAndSts', [
      element('OrgnlMsgId', file.message_id),
      element('OrgnlMsgNmId', 'pain.001.001.10'),
      element('OrgnlCreDtTm', file.created_at),
      element('OrgnlNbOfTxs', String(instructions.length)),
      element('OrgnlCtrlSum', total(instructions)),
      element('GrpSts', groupStatus(refused(instructions), instructions.length)),
    ]),
    ...file.blocks.map(block =>
      element('OrgnlPmtInfAndSts', [
        element('OrgnlPmtInfId', block.payment_information_id),
        element('PmtInfSts', groupStatus(refused(block.instructions), block.instructions.length)),
        ...block.instructions.map(instruction => status(refuse, instruction)),
      ]),
    ),
  ])
  const namespace = 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.11'
  return { message_id, xml: writeXml(element('Document', [report], { xmlns: namespace })) }
}

function entry(
  instruction: Instruction,
  file: PaymentFile,
  paymentInformationId: string,
  day: PlainDate,
): XmlElement {
  const amount = element('Amt', instruction.amount, { Ccy: 'CNY' })
  const reference = identifier('ASR', instruction.end_to_end_id)
  return element('Ntry', [
    amount,
    element('CdtDbtInd', 'DBIT'),
    element('Sts', [element('Cd', 'BOOK')]),
    element('BookgDt', [element('Dt', day)]),
    element('ValDt', [element('Dt', day)]),
    element('AcctSvcrRef', reference),
    // Payments, issued credit transfers, domestic credit transfer: ISO 20022 bank transaction codes.
    element('BkTxCd', [
      element('Domn', [
        element('Cd', 'PMNT'),
        element('Fmly', [element('Cd', 'ICDT'), element('SubFmlyCd', 'DMCT')]),
      ]),
    ]),
    element('NtryDtls', [
      element('TxDtls', [
        element('Refs', [
          element('MsgId', file.message_id),
          element('AcctSvcrRef', reference),
          element('PmtInfId', paymentInformationId),
          ...(instruction.instruction_id ? [element('InstrId', instruction.instruction_id)] : []),
          element('EndToEndId', instruction.end_to_end_id),
        ]),
        amount,
        element('CdtDbtInd', 'DBIT'),
        element('RltdPties', [
          element('Cdtr', [element('Pty', [element('Nm', instruction.payee)])]),
          element('CdtrAcct', [
            element('Id', [element('Othr', [element('Id', instruction.account_number)])]),
          ]),
        ]),
      ]),
    ]),
  ])
}

/**
 * The notification of what was booked (`camt.054.001.08`): one debit of the treasury's account for each payment
 * that was made.
 *
 * @returns undefined where nothing was paid
 */
export function debitNotification(file: PaymentFile, refuse: Refuse, day: PlainDate): Receipt | undefined {
  const message_id = identifier('NTF', file.message_id, day)
  const created = element('CreDtTm', `${day}T16:00:00+08:00`)
  const notifications = file.blocks.flatMap((block, index): XmlElement[] => {
    const paid = block.instructions.filter(instruction => refuse(instruction) === undefined)
    if (paid.length === 0) return []
    const account = element('Acct', [
      element('Id', [element('Othr', [element('Id', block.debtor_account)])]),
      element('Ccy', 'CNY'),
    ])
    const entries = paid.map(instruction => entry(instruction, file, block.payment_information_id, day))
    return [
      element('Ntfctn', [
        element('Id', identifier('N', message_id, String(index))),
        created,
        account,
        ...entries,
      ]),
    ]
  })
  if (notifications.length === 0) return undefined
  const header = element('GrpHdr', [element('MsgId', message_id), created])
  const namespace = 'urn:iso:std:iso:20022:tech:xsd:camt.054.001.08'
  const root = element('BkToCstmrDbtCdtNtfctn', [header, ...notifications])
  return { message_id, xml: writeXml(element('Document', [root], { xmlns: namespace })) }
}
