import { createHash } from 'node:crypto'
import type pg from 'pg'
import { rowsOf, type Stream } from './streams.ts'

const ROWS_AT_ONCE = 1_000

/** What a seal covers: the rows that transactions [from, to) wrote. */
export interface SealRange {
  readonly stream: Stream
  /** From 1, without a gap. */
  readonly number: bigint
  readonly from_transaction: string
  readonly to_transaction: string
  readonly previous_hash: Buffer | null
}

export interface SealHash {
  readonly hash: Buffer
  readonly row_count: bigint
}

/**
 * The hash of a seal: SHA-256 over
 *
 *     "millrace-seal-1" LF stream LF number LF from LF to LF      text, decimal
 *     the previous seal's hash, or 32 zero bytes for the first
 *     for each row, in the order of (transaction_id, seq), for each field:
 *       00                                  null
 *       01 length (4 bytes, big endian) the value as PostgreSQL writes it, UTF-8
 *     FF, the number of rows (8 bytes, big endian)
 *
 * with dates as ISO 8601, times in UTC and bytes in hexadecimal. Whoever has the rows can compute it with nothing
 * of ours. Works through a cursor in bounded memory; the client must be inside a transaction.
 */
export async function hashSeal(client: pg.ClientBase, range: SealRange): Promise<SealHash> {
  const { stream, number, from_transaction, to_transaction, previous_hash } = range
  const hash = createHash('sha256')
    .update(`millrace-seal-1\n${stream}\n${number}\n${from_transaction}\n${to_transaction}\n`)
    .update(previous_hash ?? Buffer.alloc(32))
  await client.query(
    `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local bytea_output = 'hex';
     set local extra_float_digits = 1`,
  )
  await client.query(`declare sealed_rows no scroll cursor for ${rowsOf(stream)}`, [
    from_transaction,
    to_transaction,
  ])
  let row_count = 0n
  for (;;) {
    const { rows } = await client.query<{ fields: (string | null)[] }>(
      `fetch ${ROWS_AT_ONCE} from sealed_rows`,
    )
    for (const { fields } of rows) hash.update(encodeFields(fields))
    row_count += BigInt(rows.length)
    if (rows.length < ROWS_AT_ONCE) break
  }
  await client.query('close sealed_rows')
  const count = Buffer.alloc(9, 0xff)
  count.writeBigUInt64BE(row_count, 1)
  return { hash: hash.update(count).digest(), row_count }
}

function encodeFields(fields: readonly (string | null)[]): Buffer {
  return Buffer.concat(
    fields.flatMap(field => {
      if (field === null) return [Buffer.of(0)]
      const value = Buffer.from(field, 'utf8')
      const head = Buffer.of(1, 0, 0, 0, 0)
      head.writeUInt32BE(value.length, 1)
      return [head, value]
    }),
  )
}
