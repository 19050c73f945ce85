import { MESSAGE_FIELDS } from '../messages.ts'
import { bodyOf, cutBodyOf, type Parcel } from '../parcels.ts'
import type { Channel } from '../world.ts'

type Fields = Readonly<Record<string, string>>

/** The answer to one row, as the bank API has it. */
export interface RowAnswer {
  readonly message_id: string | null
  readonly outcome: 'applied' | 'waiting' | 'refused'
  readonly replayed: boolean
  readonly code?: string
}

interface Row {
  readonly text: string
  readonly message: Fields | undefined
}

/** Counts what the receiver answered. */
export interface Received {
  applied: number
  waiting: number
  replayed: number
  refused: number
  /** Refusals of messages that were not wrong on purpose, of rows that were not cut. */
  unexpected: string[]
}

/** Splits one line of CSV as this program writes it. */
function csvFields(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  )
}

function rowsOf(channel: Channel, body: string): Row[] {
  const lines = body.split('\n').filter(line => line !== '')
  if (channel === 'csv') {
    return lines.slice(1).map(text => {
      const fields = csvFields(text)
      const entries = MESSAGE_FIELDS.map((field, index) => [field, fields[index] ?? ''] as const)
      return { text, message: Object.fromEntries(entries.filter(([, value]) => value !== '')) }
    })
  }
  return lines.map(text => {
    try {
      const parsed: unknown = JSON.parse(text)
      const fields = Object.entries(parsed ?? {}).map(([key, value]) => [key, String(value)])
      return { text, message: Object.fromEntries(fields) }
    } catch {
      return { text, message: undefined }
    }
  })
}

/** A platform of a hundred lines, for tests: answers as `docs/bank-api.md` says, and keeps what stands. */
export class Receiver {
  readonly counts: Received = { applied: 0, waiting: 0, replayed: 0, refused: 0, unexpected: [] }
  readonly #known: ReadonlySet<string>
  readonly #answers = new Map<string, { text: string; answer: RowAnswer }>()
  readonly #files = new Map<string, string>()
  readonly #standing = new Map<string, Fields>()
  readonly #waiting = new Map<string, Fields[]>()
  readonly #granted = new Set<string>()

  constructor(creditCodes: Iterable<string>) {
    this.#known = new Set(creditCodes)
  }

  /** Takes a request of a bank, row by row. @throws Error where a file's key was used for another file */
  receive(bank: string, channel: Channel, key: string, body: string): RowAnswer[] {
    if (channel !== 'single') {
      const before = this.#files.get(`${bank} ${key}`)
      if (before !== undefined && before !== body) throw new Error(`${key} was used for another file`)
      this.#files.set(`${bank} ${key}`, body)
    }
    return rowsOf(channel, body).map(row => {
      const answer = this.#row(bank, row)
      this.counts[answer.replayed ? 'replayed' : answer.outcome] += 1
      return answer
    })
  }

  /** Takes a parcel as often, and as broken, as its trouble says. */
  take(parcel: Parcel): void {
    const { bank_code, channel, key, trouble, messages } = parcel
    const onPurpose = new Set(
      messages.filter(each => each.refusal_expected).map(each => each.message.message_id),
    )
    if (trouble === 'signed wrongly, then rightly') this.counts.refused += 1
    if (trouble === 'cut, then sent whole') this.receive(bank_code, channel, `${key}-cut`, cutBodyOf(parcel))
    const times = trouble?.startsWith('sent twice') || trouble === 'answer lost, then sent again' ? 2 : 1
    for (let time = 0; time < times; time++) {
      for (const { outcome, message_id } of this.receive(bank_code, channel, key, bodyOf(parcel))) {
        if (outcome === 'refused' && !onPurpose.has(message_id ?? ''))
          this.counts.unexpected.push(message_id ?? 'a row')
      }
    }
  }

  /** What stands in the end: every message not taken back, less its identifier, in an order of its own. */
  truth(): string[] {
    return [...this.#standing.values()]
      .map(({ message_id: _, ...rest }) => JSON.stringify(Object.entries(rest).sort()))
      .sort()
  }

  #row(bank: string, { text, message }: Row): RowAnswer {
    if (!message) return { message_id: null, outcome: 'refused', replayed: false, code: 'bank.malformed' }
    const message_id = message.message_id ?? ''
    const id = `${bank} ${message_id}`
    const before = this.#answers.get(id)
    if (before && before.text !== text) throw new Error(`${id} was used for another body`)
    if (before) return { ...before.answer, replayed: true }
    const outcome = this.#first(bank, message)
    const answer = {
      message_id,
      outcome,
      replayed: false,
      ...(outcome === 'refused' && { code: 'bank.refused' }),
    }
    this.#answers.set(id, { text, answer })
    return answer
  }

  #first(bank: string, message: Fields): RowAnswer['outcome'] {
    const loan = `${bank} ${message.loan_receipt}`
    if (message.kind === 'loan_granted') {
      if (!this.#known.has(message.credit_code ?? '') || this.#granted.has(loan)) return 'refused'
      this.#granted.add(loan)
      this.#standing.set(`${bank} ${message.message_id}`, message)
      for (const waiting of this.#waiting.get(loan) ?? []) {
        if (this.#apply(bank, waiting) === 'refused') this.counts.unexpected.push(waiting.message_id ?? '')
      }
      return 'applied'
    }
    if (this.#granted.has(loan)) return this.#apply(bank, message)
    this.#waiting.set(loan, [...(this.#waiting.get(loan) ?? []), message])
    return 'waiting'
  }

  /** A reversal must find what it takes back; of one period, one settlement stands. */
  #apply(bank: string, message: Fields): 'applied' | 'refused' {
    if (message.kind === 'reversal')
      return this.#standing.delete(`${bank} ${message.reverses}`) ? 'applied' : 'refused'
    const samePeriod = [...this.#standing.values()].some(
      other =>
        message.kind === 'interest_settled' &&
        other.kind === 'interest_settled' &&
        other.loan_receipt === message.loan_receipt &&
        other.occurred_on === message.occurred_on,
    )
    if (samePeriod) return 'refused'
    this.#standing.set(`${bank} ${message.message_id}`, message)
    return 'applied'
  }
}
