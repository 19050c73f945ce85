import { MESSAGE_FIELDS } from '../messages.ts'
import { bodyOf, cutBodyOf, type Parcel } from '../parcels.ts'

type Outcome = 'applied' | 'waiting' | 'refused'

interface Row {
  readonly text: string
  readonly message: Readonly<Record<string, string>> | undefined
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

function rowsOf(parcel: Parcel, body: string): Row[] {
  const lines = body.split('\n').filter(line => line !== '')
  if (parcel.channel === 'csv') {
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
  readonly #answers = new Map<string, { text: string; outcome: Outcome }>()
  readonly #files = new Map<string, string>()
  readonly #standing = new Map<string, Readonly<Record<string, string>>>()
  readonly #waiting = new Map<string, Readonly<Record<string, string>>[]>()
  readonly #granted = new Set<string>()

  constructor(creditCodes: Iterable<string>) {
    this.#known = new Set(creditCodes)
  }

  /** Takes a parcel as often, and as broken, as its trouble says. */
  take(parcel: Parcel): void {
    const body = bodyOf(parcel)
    const again = ['sent twice', 'sent twice at once', 'answer lost, then sent again'].some(
      trouble => trouble === parcel.trouble,
    )
    if (parcel.trouble === 'signed wrongly, then rightly') this.counts.refused += 1
    if (parcel.trouble === 'cut, then sent whole')
      this.#file(parcel, `${parcel.key}-cut`, cutBodyOf(parcel), true)
    this.#file(parcel, parcel.key, body, false)
    if (again) this.#file(parcel, parcel.key, body, false)
  }

  /** What stands in the end: every message not taken back, less its identifier, in an order of its own. */
  truth(): string[] {
    return [...this.#standing.values()]
      .map(({ message_id: _, ...rest }) => JSON.stringify(Object.entries(rest).sort()))
      .sort()
  }

  #file(parcel: Parcel, key: string, body: string, cut: boolean): void {
    if (parcel.channel !== 'single') {
      const before = this.#files.get(key)
      if (before !== undefined && before !== body) throw new Error(`${key} was used for another file`)
      this.#files.set(key, body)
    }
    const onPurpose = new Set(
      parcel.messages.flatMap(({ refusal_expected, message }) =>
        refusal_expected ? [message.message_id] : [],
      ),
    )
    for (const row of rowsOf(parcel, body)) {
      const outcome = this.#row(parcel.bank_code, row)
      if (outcome === 'refused' && !cut && !onPurpose.has(row.message?.message_id ?? '')) {
        this.counts.unexpected.push(row.text)
      }
    }
  }

  #row(bank: string, { text, message }: Row): Outcome | 'replayed' {
    if (!message) {
      this.counts.refused += 1
      return 'refused'
    }
    const id = `${bank} ${message.message_id}`
    const before = this.#answers.get(id)
    if (before && before.text !== text) throw new Error(`${id} was used for another body`)
    if (before) {
      this.counts.replayed += 1
      return 'replayed'
    }
    const outcome = this.#first(bank, id, message)
    this.#answers.set(id, { text, outcome })
    this.counts[outcome] += 1
    return outcome
  }

  #first(bank: string, id: string, message: Readonly<Record<string, string>>): Outcome {
    const loan = `${bank} ${message.loan_receipt}`
    if (message.kind === 'loan_granted') {
      if (!this.#known.has(message.credit_code ?? '') || this.#granted.has(loan)) return 'refused'
      this.#granted.add(loan)
      this.#standing.set(id, message)
      for (const waiting of this.#waiting.get(loan) ?? []) {
        if (this.#apply(bank, waiting) === 'refused') this.counts.unexpected.push(JSON.stringify(waiting))
      }
      return 'applied'
    }
    if (this.#granted.has(loan)) return this.#apply(bank, message)
    this.#waiting.set(loan, [...(this.#waiting.get(loan) ?? []), message])
    return 'waiting'
  }

  #apply(bank: string, message: Readonly<Record<string, string>>): Outcome {
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
