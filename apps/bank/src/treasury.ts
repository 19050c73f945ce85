import { isDate, type PlainDate } from './calendar.ts'
import type { Platform, PlatformAnswer } from './platform.ts'
import type { Signer } from './signature.ts'
import type { AccountFault } from './story/accounts.ts'
import { readPaymentFile } from './treasury/payment-file.ts'
import { debitNotification, type Receipt, statusReport } from './treasury/receipts.ts'

export interface TreasuryCounts {
  batches: number
  paid: number
  rejected: number
}

/** The platform gave the treasury an answer that it cannot work with. */
export class TreasuryError extends Error {
  readonly code = 'treasury.refused'

  constructor(what: string, { status, text }: PlatformAnswer) {
    super(`${what} was answered with ${status}: ${text.slice(0, 300)}`)
    this.name = 'TreasuryError'
  }
}

function objectOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

/** The business date of the platform. @throws TreasuryError when the clock gives none */
export async function businessDate(platform: Platform): Promise<PlainDate> {
  const answer = await platform.ask({ method: 'GET', path: '/api/v1/clock' })
  const date = answer.status === 200 ? objectOf(JSON.parse(answer.text)).get('business_date') : undefined
  if (typeof date !== 'string' || !isDate(date)) throw new TreasuryError('the clock', answer)
  return date
}

/** A payment batch of which the treasury has not said everything. */
interface OwedBatch {
  readonly id: string
  /** acknowledged: the status report has been sent, the notification of what was paid has not. */
  readonly state: 'sent' | 'acknowledged'
}

/**
 * The treasury (国库): pays what it is told on the business day on which it is told, save into accounts that cannot
 * be paid, and sends a receipt of each. What it still owes it learns from the platform, so that one that was killed
 * between its two receipts sends the second when it is started again.
 */
export class Treasury {
  readonly #platform: Platform
  readonly #signer: Signer
  readonly #faulty: ReadonlyMap<string, AccountFault>
  readonly #receiptsTwice: boolean
  readonly #done = new Set<string>()
  readonly #settled: TreasuryCounts = { batches: 0, paid: 0, rejected: 0 }
  #queue: Promise<unknown> = Promise.resolve()

  /** @param receiptsTwice sends each receipt a second time: it must change nothing */
  constructor(
    platform: Platform,
    signer: Signer,
    faultyAccounts: ReadonlyMap<string, AccountFault>,
    receiptsTwice = false,
  ) {
    this.#platform = platform
    this.#signer = signer
    this.#faulty = faultyAccounts
    this.#receiptsTwice = receiptsTwice
  }

  /** Everything that it has done since it began. */
  settled(): TreasuryCounts {
    return { ...this.#settled }
  }

  /**
   * Answers every payment batch that has not been answered in full, once whatever is being answered is done.
   *
   * @returns what was answered now
   * @throws TreasuryError when the platform refuses a receipt, PaymentFileError when a file cannot be read
   */
  settle(): Promise<TreasuryCounts> {
    const turn = this.#queue.then(() => this.#settleAll())
    this.#queue = turn.catch(() => {})
    return turn
  }

  async #settleAll(): Promise<TreasuryCounts> {
    const before = this.settled()
    // A batch leaves the list when it has been answered: the next page is the first one again.
    for (let owed = await this.#owed(); owed.length > 0; owed = await this.#owed()) {
      for (const batch of owed) {
        const { paid, rejected } = await this.#settleBatch(batch)
        this.#settled.batches += 1
        this.#settled.paid += paid
        this.#settled.rejected += rejected
        this.#done.add(batch.id)
      }
    }
    return {
      batches: this.#settled.batches - before.batches,
      paid: this.#settled.paid - before.paid,
      rejected: this.#settled.rejected - before.rejected,
    }
  }

  /** Batches that wait for both receipts, and those that wait for the second. */
  async #owed(): Promise<OwedBatch[]> {
    return [...(await this.#list('sent')), ...(await this.#list('acknowledged'))]
  }

  async #list(state: OwedBatch['state']): Promise<OwedBatch[]> {
    const answer = await this.#get('/api/v1/treasury/payment-batches', `?state=${state}`)
    const body: unknown = JSON.parse(answer.text)
    const items = Array.isArray(body) ? body : objectOf(body).get('items')
    if (!Array.isArray(items)) throw new TreasuryError('the list of payment batches', answer)
    return items.flatMap(item => {
      const id = objectOf(item).get('id')
      return typeof id === 'string' && !this.#done.has(id) ? [{ id, state }] : []
    })
  }

  async #settleBatch({ id, state }: OwedBatch): Promise<{ paid: number; rejected: number }> {
    const { text } = await this.#get(`/api/v1/treasury/payment-batches/${encodeURIComponent(id)}/pain001`)
    const file = readPaymentFile(text)
    const day = await businessDate(this.#platform)
    const refuse = ({ account_number }: { account_number: string }) => this.#faulty.get(account_number)
    const instructions = file.blocks.flatMap(block => block.instructions)
    const rejected = instructions.filter(instruction => refuse(instruction) !== undefined).length
    if (state === 'sent') await this.#send(statusReport(file, refuse, day))
    const notification = debitNotification(file, refuse, day)
    if (notification) await this.#send(notification)
    return { paid: instructions.length - rejected, rejected }
  }

  async #get(path: string, query = ''): Promise<PlatformAnswer> {
    const answer = await this.#platform.ask({ method: 'GET', path, query }, this.#signer)
    if (answer.status !== 200) throw new TreasuryError(`GET ${path}`, answer)
    return answer
  }

  async #send({ message_id, xml }: Receipt): Promise<void> {
    for (let time = 0; time < (this.#receiptsTwice ? 2 : 1); time++) {
      const answer = await this.#platform.ask(
        {
          method: 'POST',
          path: '/api/v1/treasury/receipts',
          body: xml,
          content_type: 'application/xml',
          idempotency_key: message_id,
        },
        this.#signer,
      )
      if (answer.status >= 300) throw new TreasuryError(`the receipt ${message_id}`, answer)
    }
  }
}
