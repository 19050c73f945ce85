import { sql } from 'kysely'
import type { Tx } from './connect.ts'

/** A change that somebody asks for, as it is told from every other. */
export interface AskedChange {
  readonly actor: string
  readonly key: string
  /** Method and pattern, for whoever reads the table. */
  readonly route: string
  readonly requestSha256: Buffer
}

export type Claimed =
  | { readonly kind: 'new' }
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'reused' }

/**
 * Claims a key for this transaction. Who sends the same key meanwhile waits here until it ends, and then finds the
 * answer, or, where it was rolled back, an unused key.
 */
export async function claimKey(tx: Tx, { actor, key, route, requestSha256 }: AskedChange): Promise<Claimed> {
  const inserted = await sql`
    insert into answered_change (actor, key, route, request_sha256)
    values (${actor}, ${key}, ${route}, ${requestSha256}) on conflict do nothing`.execute(tx)
  if (inserted.numAffectedRows === 1n) return { kind: 'new' }
  const earlier = await tx
    .selectFrom('answered_change')
    .select(['request_sha256', 'answer'])
    .where('actor', '=', actor)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (!earlier.request_sha256.equals(requestSha256)) return { kind: 'reused' }
  return { kind: 'answered', answer: earlier.answer }
}

/** Keeps the answer beside the change it belongs to. */
export async function keepAnswer(tx: Tx, { actor, key }: AskedChange, answer: unknown): Promise<void> {
  await tx
    .updateTable('answered_change')
    .set({ answer: JSON.stringify(answer) })
    .where('actor', '=', actor)
    .where('key', '=', key)
    .execute()
}
