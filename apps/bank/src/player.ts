import { earlier, type PlainDate } from './calendar.ts'
import { type Counts, deliver, type UnexpectedRefusal } from './client.ts'
import { groupBy } from './order.ts'
import type { Parcel } from './parcels.ts'
import type { Platform } from './platform.ts'
import type { Signer } from './signature.ts'
import type { StateFile } from './state-file.ts'

/** So many loans of a bank that reports one by one are told at the same time. */
const LANES = 4
/** Of the refusals that should not be, so many are told; all are counted. */
const REFUSALS_TOLD_MAX = 50

export interface Played {
  readonly played_through: PlainDate | null
  readonly messages: Readonly<Counts>
  readonly unexpected_refusals: number
  readonly refusals: readonly UnexpectedRefusal[]
}

/** Plays a story to the platform, day by day, each bank for itself. */
export class Player {
  readonly #platform: Platform
  readonly #signers: ReadonlyMap<string, Signer>
  readonly #parcels: readonly Parcel[]
  readonly #endsOn: PlainDate
  readonly #state: StateFile
  readonly #counts: Counts = { accepted: 0, replayed: 0, refused: 0 }
  readonly #refusals: UnexpectedRefusal[] = []
  #unexpected = 0
  #playedThrough: PlainDate | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #underWay = 0

  constructor(
    platform: Platform,
    signers: ReadonlyMap<string, Signer>,
    parcels: readonly Parcel[],
    endsOn: PlainDate,
    state: StateFile,
  ) {
    this.#platform = platform
    this.#signers = signers
    this.#parcels = parcels
    this.#endsOn = endsOn
    this.#state = state
    this.#playedThrough = state.read()
  }

  get idle(): boolean {
    return this.#underWay === 0
  }

  played(): Played {
    return {
      played_through: this.#playedThrough ?? null,
      messages: { ...this.#counts },
      unexpected_refusals: this.#unexpected,
      refusals: [...this.#refusals],
    }
  }

  /**
   * Plays everything up to a day, that day included, once whatever is being played is done.
   *
   * @throws PlatformUnavailableError; playing the same day again then sends again what had been sent
   */
  playThrough(day: PlainDate): Promise<Played> {
    this.#underWay += 1
    const turn = this.#queue.then(() => this.#play(earlier(day, this.#endsOn)))
    // The next one in the queue plays whether or not this one could.
    this.#queue = turn.catch(() => {})
    return turn.finally(() => {
      this.#underWay -= 1
    })
  }

  async #play(day: PlainDate): Promise<Played> {
    const after = this.#playedThrough ?? ''
    if (day > after) {
      const due = this.#parcels.filter(parcel => parcel.day > after && parcel.day <= day)
      const banks = groupBy(due, ({ bank_code }) => bank_code)
      const results = await Promise.allSettled(
        [...banks].map(([code, parcels]) => this.#playBank(code, parcels)),
      )
      for (const result of results) if (result.status === 'rejected') throw result.reason
      this.#playedThrough = day
      this.#state.write(day)
    }
    return this.played()
  }

  async #playBank(code: string, parcels: readonly Parcel[]): Promise<void> {
    const signer = this.#signers.get(code)
    if (!signer) throw new Error(`bank ${code} has no key`)
    for (const ofDay of groupBy(parcels, ({ day }) => day).values()) {
      // Within a loan, one message after another; a file after the one before it.
      const lanes = [...groupBy(ofDay, laneOf).values()]
      await Promise.all(
        lanes.map(async lane => {
          for (const parcel of lane) await this.#deliver(signer, parcel)
        }),
      )
    }
  }

  async #deliver(signer: Signer, parcel: Parcel): Promise<void> {
    const { counts, unexpected } = await deliver(this.#platform, signer, parcel)
    this.#counts.accepted += counts.accepted
    this.#counts.replayed += counts.replayed
    this.#counts.refused += counts.refused
    this.#unexpected += unexpected.length
    this.#refusals.push(...unexpected.slice(0, REFUSALS_TOLD_MAX - this.#refusals.length))
  }
}

function laneOf({ channel, messages }: Parcel): string {
  if (channel !== 'single') return ''
  const receipt = messages[0]?.message.loan_receipt ?? ''
  return String([...receipt].reduce((total, character) => total + character.charCodeAt(0), 0) % LANES)
}
