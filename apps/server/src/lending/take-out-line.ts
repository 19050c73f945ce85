import { sql } from 'kysely'
import { hold, release } from '../funds/index.ts'
import type { PlainDate } from '../platform/dates.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Fen } from '../platform/money.ts'
import type { Actor } from '../platform/permissions.ts'
import type { Batch } from './batch.ts'

interface Line {
  readonly claim_id: string
  readonly organisation_id: string
  readonly amount_fen: Fen
}

/**
 * Takes a line out of an approved batch: its claim is owed again, and the money that was held for it is released.
 * Where what is left to the enterprise would be below nothing, because corrections had been set off against this
 * line, they leave with it and wait for a later batch. A line that was taken back itself is given back: then money
 * is held for it.
 *
 * @returns the amount of the line; undefined when it had left before
 * @throws DomainError `funds.insufficient`
 */
export async function takeOutLine(
  tx: Tx,
  batch: Batch,
  claimId: string,
  actor: Actor,
  day: PlainDate,
): Promise<Fen | undefined> {
  const [line] = await removeLines(tx, batch.id, sql`claim_id = ${claimId}`)
  if (!line) return undefined
  const left = await leftOver(tx, batch.id, line.organisation_id)
  const setOff =
    left < 0n
      ? await removeLines(tx, batch.id, sql`organisation_id = ${line.organisation_id} and amount_fen < 0`)
      : []
  const removed = [line, ...setOff]
  const removedFen = removed.reduce((sum, { amount_fen }) => sum + amount_fen, 0n)
  await tx
    .updateTable('subsidy_batch')
    .set({ claim_count: batch.claim_count - removed.length, total_fen: batch.total_fen - removedFen })
    .where('id', '=', batch.id)
    .execute()
  if (removedFen !== 0n) {
    const move = removedFen > 0n ? release : hold
    await move(tx, {
      year: batch.budget_year,
      amountFen: removedFen > 0n ? removedFen : -removedFen,
      businessDate: day,
      actor: actor.id,
      reference: { kind: 'subsidy_batch', id: batch.id },
      memo: batch.number,
    })
  }
  return line.amount_fen
}

/** The lines go, and their claims are owed again what the batch had taken up of them. */
async function removeLines(tx: Tx, batchId: string, which: ReturnType<typeof sql>): Promise<readonly Line[]> {
  const { rows } = await sql<Line>`
    with removed as (
      delete from subsidy_batch_line where batch_id = ${batchId} and state = 'batched' and ${which}
      returning claim_id, organisation_id, amount_fen
    ), given_back as (
      update claim c set batched_fen = c.batched_fen - r.amount_fen from removed r where c.id = r.claim_id
    )
    select claim_id, organisation_id, amount_fen from removed`.execute(tx)
  return rows
}

async function leftOver(tx: Tx, batchId: string, organisationId: string): Promise<Fen> {
  const { rows } = await sql<{ left_fen: Fen }>`
    select coalesce(sum(amount_fen), 0)::bigint as left_fen from subsidy_batch_line
    where batch_id = ${batchId} and organisation_id = ${organisationId}`.execute(tx)
  return rows[0]?.left_fen ?? 0n
}
