import { XMLParser } from 'fast-xml-parser'

/** One payment that the treasury is told to make. */
export interface Instruction {
  readonly end_to_end_id: string
  readonly instruction_id: string | undefined
  /** Yuan, as the file has it. */
  readonly amount: string
  readonly payee: string
  readonly account_number: string
}

/** What the treasury needs of a `pain.001.001.10` file. */
export interface PaymentFile {
  readonly message_id: string
  readonly created_at: string
  readonly blocks: readonly {
    readonly payment_information_id: string
    readonly debtor_account: string
    readonly instructions: readonly Instruction[]
  }[]
}

/** The payment file is not what the treasury can read. */
export class PaymentFileError extends Error {
  readonly code = 'treasury.payment-file-unreadable'

  constructor(missing: string) {
    super(`the payment file has no ${missing}`)
    this.name = 'PaymentFileError'
  }
}

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: name => name === 'PmtInf' || name === 'CdtTrfTxInf',
})

function at(node: unknown, path: string): unknown {
  let current: unknown = node
  for (const name of path.split('/')) {
    current =
      typeof current === 'object' && current !== null ? new Map(Object.entries(current)).get(name) : undefined
  }
  return current
}

function findText(node: unknown, path: string): string | undefined {
  const found = at(node, path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

function getText(node: unknown, path: string): string {
  const found = findText(node, path)
  if (found === undefined) throw new PaymentFileError(path)
  return found
}

function getList(node: unknown, path: string): readonly unknown[] {
  const found = at(node, path)
  if (!Array.isArray(found)) throw new PaymentFileError(path)
  return found
}

/**
 * Reads a payment file.
 *
 * @throws PaymentFileError that names what is missing
 */
export function readPaymentFile(xml: string): PaymentFile {
  const root = at(parser.parse(xml), 'Document/CstmrCdtTrfInitn')
  return {
    message_id: getText(root, 'GrpHdr/MsgId'),
    created_at: getText(root, 'GrpHdr/CreDtTm'),
    blocks: getList(root, 'PmtInf').map(block => ({
      payment_information_id: getText(block, 'PmtInfId'),
      debtor_account: getText(block, 'DbtrAcct/Id/Othr/Id'),
      instructions: getList(block, 'CdtTrfTxInf').map(transfer => ({
        end_to_end_id: getText(transfer, 'PmtId/EndToEndId'),
        instruction_id: findText(transfer, 'PmtId/InstrId'),
        amount: getText(transfer, 'Amt/InstdAmt'),
        payee: getText(transfer, 'Cdtr/Nm'),
        account_number: getText(transfer, 'CdtrAcct/Id/Othr/Id'),
      })),
    })),
  }
}
