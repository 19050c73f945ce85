import type pg from 'pg'
import type { Database } from '../db/index.ts'
import { hashSeal } from './seal-hash.ts'
import { STREAM_NAMES, type Stream } from './streams.ts'

/** Where a chain of seals does not hold. */
export interface Break {
  readonly stream: Stream
  /** The seal at which it shows. */
  readonly number: bigint
  /**
   * `rows`: the rows that it covers are not those that were sealed, one was changed, removed or added;
   * `chain`: it does not continue the seal before it, one was changed, removed or added.
   */
  readonly kind: 'rows' | 'chain'
  readonly from_transaction: string
  readonly to_transaction: string
  readonly sealed_at: Date
}

export interface VerifiedStream {
  readonly stream: Stream
  readonly seals: number
  readonly rows: bigint
  /** The last seal's hash: kept elsewhere, it proves later that the chain was not written anew. */
  readonly head: string | undefined
  readonly breaks: readonly Break[]
}

interface SealRow {
  readonly number: bigint
  readonly from_transaction: string
  readonly to_transaction: string
  readonly row_count: bigint
  readonly previous_hash: Buffer | null
  readonly hash: Buffer
  readonly sealed_at: Date
}

/**
 * Computes every seal again from the rows as they now stand.
 *
 * @param progress is told after each seal
 */
export async function verifySeals(
  { pool }: Database,
  progress: (stream: Stream, done: number, total: number) => void = () => {},
): Promise<VerifiedStream[]> {
  const verified: VerifiedStream[] = []
  for (const stream of STREAM_NAMES) {
    const client = await pool.connect()
    try {
      await client.query('begin isolation level repeatable read read only')
      verified.push(await verifyStream(client, stream, progress))
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  return verified
}

async function verifyStream(
  client: pg.ClientBase,
  stream: Stream,
  progress: (stream: Stream, done: number, total: number) => void,
): Promise<VerifiedStream> {
  const { rows: seals } = await client.query<SealRow>(
    `select number, from_transaction::text, to_transaction::text, row_count, previous_hash, hash, sealed_at
     from seal where stream = $1 order by number`,
    [stream],
  )
  const breaks: Break[] = []
  let before: SealRow | undefined
  for (const [index, seal] of seals.entries()) {
    const { number, from_transaction, to_transaction, sealed_at } = seal
    const found = { stream, number, from_transaction, to_transaction, sealed_at }
    if (!continues(seal, before)) breaks.push({ ...found, kind: 'chain' })
    const { hash, row_count } = await hashSeal(client, { stream, ...seal })
    if (!hash.equals(seal.hash) || row_count !== seal.row_count) breaks.push({ ...found, kind: 'rows' })
    before = seal
    progress(stream, index + 1, seals.length)
  }
  return {
    stream,
    seals: seals.length,
    rows: seals.reduce((sum, { row_count }) => sum + row_count, 0n),
    head: before?.hash.toString('hex'),
    breaks,
  }
}

function continues(seal: SealRow, before: SealRow | undefined): boolean {
  if (!before) return seal.number === 1n && seal.previous_hash === null && seal.from_transaction === '0'
  return (
    seal.number === before.number + 1n &&
    seal.from_transaction === before.to_transaction &&
    seal.previous_hash?.equals(before.hash) === true
  )
}
