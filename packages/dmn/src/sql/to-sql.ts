import type { Model } from '../read/model.ts'
import type { SqlOptions, SqlQuery } from './query.ts'

/**
 * One fence-free PostgreSQL statement that works out the decisions for every row of the subject table, equal to
 * `evaluate` on each row, null included. No value in the table can make it raise.
 *
 * @throws RequestError when a decision is unknown or cannot run in bulk, or an input it reads is bound to nothing
 */
export function toSql(_model: Model, _options: SqlOptions): SqlQuery {
  throw new Error('toSql stands here as a signature')
}
