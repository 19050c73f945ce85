import type { Value } from './value.ts'

/** Named values in the order they were written: a context, or the outputs of a table that has several. */
export class FeelContext {
  readonly fields: ReadonlyMap<string, Value>

  constructor(fields: ReadonlyMap<string, Value>) {
    this.fields = fields
  }
}
