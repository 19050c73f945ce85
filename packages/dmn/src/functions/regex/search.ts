import { type Program, sameLetter } from './program.ts'

/** Places in code points; the whole match is 0, groups count from 1, −1 where a group took no part. */
export interface Match {
  readonly start: number
  readonly end: number
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** More places to try than memory is given for, or more steps than a pattern with references back may take. */
export class SearchLimitError extends Error {}

const PLACES_MAX = 2 ** 28 // bits: 32 MiB
const BACKTRACKS_MAX = 2_000_000
const SPENT_AT_ONCE = 1000

/**
 * Finds matches of one program in one text, leftmost first, by trying and going back. Without references back each
 * pair of step and place is tried once over all matches, so the time grows with pattern times text and no pattern is
 * catastrophic (as in RE2's BitState); with them the steps are limited.
 */
export class Search {
  readonly #program: Program
  readonly #text: Uint32Array
  readonly #spend: (steps: number) => void
  readonly #tried: Uint8Array
  /** Step, place and, where a slot is to be given back its value, the slot and value instead (step −1 − slot). */
  readonly #open: number[] = []
  readonly #slots: Int32Array
  #steps = 0

  constructor(program: Program, text: Uint32Array, spend: (steps: number) => void) {
    const places = program.steps.length * (text.length + 1)
    if (places > PLACES_MAX) throw new SearchLimitError('the text is too long for the regular expression')
    this.#program = program
    this.#text = text
    this.#spend = spend
    this.#tried = new Uint8Array(program.memoryless ? Math.ceil(places / 8) : 0)
    this.#slots = new Int32Array(program.slots).fill(-1)
  }

  /** The first match that starts at `from` or after. */
  next(from: number): Match | null {
    this.#forget(from)
    for (let start = from; start <= this.#text.length; start++) {
      if (this.#matchesAt(start)) return this.#found()
    }
    return null
  }

  /** The way to the match before went over steps at the place it ended: they may be gone over again. */
  #forget(place: number): void {
    const { memoryless, steps } = this.#program
    if (!memoryless) return
    for (let i = place * steps.length; i < (place + 1) * steps.length; i++) {
      this.#tried[i >> 3] = (this.#tried[i >> 3] ?? 0) & ~(1 << (i & 7))
    }
  }

  #matchesAt(start: number): boolean {
    this.#slots.fill(-1)
    this.#open.length = 0
    this.#open.push(0, start)
    while (this.#open.length > 0) {
      const place = this.#open.pop() ?? 0
      const step = this.#open.pop() ?? 0
      if (step < 0) this.#slots[-1 - step] = place
      else if (this.#follow(step, place)) return true
    }
    return false
  }

  /** Goes on from a step until it fails or the pattern ends; the other ways are left open. */
  #follow(from: number, start: number): boolean {
    const { steps } = this.#program
    let at = from
    let place = start
    for (;;) {
      const step = steps[at]
      if (step === undefined || this.#wasTried(at, place)) return false
      this.#count()
      switch (step.kind) {
        case 'match':
          return true
        case 'character': {
          const point = this.#text[place]
          if (point === undefined || !step.of(point)) return false
          place++
          at++
          break
        }
        case 'fork':
          this.#open.push(step.second, place)
          at = step.first
          break
        case 'jump':
          at = step.to
          break
        case 'save':
          this.#open.push(-1 - step.slot, this.#slots[step.slot] ?? -1)
          this.#slots[step.slot] = place
          at++
          break
        case 'advanced':
          if (this.#slots[step.slot] === place) return false
          at++
          break
        case 'anchor':
          if (!this.#isAt(step.at, step.multiline, place)) return false
          at++
          break
        case 'back reference': {
          const length = this.#repeats(step.index, step.ignoreCase, place)
          if (length < 0) return false
          place += length
          at++
          break
        }
        default:
          step satisfies never
      }
    }
  }

  #wasTried(step: number, place: number): boolean {
    const { memoryless, steps } = this.#program
    if (!memoryless) return false
    const i = place * steps.length + step
    const byte = this.#tried[i >> 3] ?? 0
    if ((byte & (1 << (i & 7))) !== 0) return true
    this.#tried[i >> 3] = byte | (1 << (i & 7))
    return false
  }

  #count(): void {
    this.#steps++
    if (this.#steps % SPENT_AT_ONCE !== 0) return
    this.#spend(SPENT_AT_ONCE)
    if (!this.#program.memoryless && this.#steps > BACKTRACKS_MAX) {
      throw new SearchLimitError('the regular expression takes too many steps')
    }
  }

  #isAt(anchor: 'start' | 'end', multiline: boolean, place: number): boolean {
    const text = this.#text
    if (anchor === 'end') return place === text.length || (multiline && text[place] === 0x0a)
    // A line end that ends the text starts no new line.
    return place === 0 || (multiline && text[place - 1] === 0x0a && place < text.length)
  }

  /** How many characters the text of a group takes here; −1 where it does not stand here. */
  #repeats(index: number, ignoreCase: boolean, place: number): number {
    const from = this.#slots[2 * index] ?? -1
    const to = this.#slots[2 * index + 1] ?? -1
    if (from < 0 || to < from) return 0 // a group that took no part stands for nothing
    if (place + to - from > this.#text.length) return -1
    for (let i = 0; i < to - from; i++) {
      if (!sameLetter(this.#text[from + i] ?? -1, this.#text[place + i] ?? -2, ignoreCase)) return -1
    }
    return to - from
  }

  #found(): Match {
    const starts: number[] = []
    const ends: number[] = []
    for (let group = 0; group <= this.#program.groups; group++) {
      starts.push(this.#slots[2 * group] ?? -1)
      ends.push(this.#slots[2 * group + 1] ?? -1)
    }
    return { start: starts[0] ?? 0, end: ends[0] ?? 0, starts, ends }
  }
}
