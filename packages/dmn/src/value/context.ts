import type { Plain } from './plain.ts'
import type { Value } from './value.ts'

/** Named values in the order they were written: a context, or the outputs of a table that has several. */
export class FeelContext {
  readonly fields: ReadonlyMap<string, Value>
  readonly #plain: Plain | undefined

  /** @param plain  its frozen plain form, of one that is given out again and again */
  constructor(fields: ReadonlyMap<string, Value>, plain?: Plain) {
    this.fields = fields
    this.#plain = plain
  }

  get plain(): Plain | undefined {
    return this.#plain
  }
}
