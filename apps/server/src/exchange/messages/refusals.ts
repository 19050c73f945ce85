import { createHash } from 'node:crypto'
import type { Db } from '../../platform/db/index.ts'
import { newId } from '../../platform/ids.ts'
import type { MessageProblem } from './problem.ts'
import { MESSAGE_BYTES_MAX } from './read-message.ts'

/** Something sent that could not be taken as a message. */
export interface Refusal {
  /** What its sender was told. */
  readonly problem: MessageProblem
  /** Of the key that signed; undefined where no signature holds. */
  readonly bankCode?: string | undefined
  readonly keyId?: string | undefined
  readonly idempotencyKey?: string | undefined
  readonly dropId?: string | undefined
  readonly line?: number | undefined
  readonly body: Uint8Array
}

/** Keeps what was refused, for the day somebody asks. */
export async function recordRefusals(db: Db, refusals: readonly Refusal[]): Promise<void> {
  for (let at = 0; at < refusals.length; at += ROWS_MAX) await insert(db, refusals.slice(at, at + ROWS_MAX))
}

/** Postgres takes 65,535 parameters a statement. */
const ROWS_MAX = 4000

async function insert(db: Db, refusals: readonly Refusal[]): Promise<void> {
  await db
    .insertInto('bank_refusal')
    .values(
      refusals.map(refusal => ({
        id: newId(),
        code: refusal.problem.code,
        problem: JSON.stringify(refusal.problem),
        bank_code: refusal.bankCode ?? null,
        claimed_key_id: refusal.keyId ?? null,
        idempotency_key: refusal.idempotencyKey ?? null,
        drop_id: refusal.dropId ?? null,
        line: refusal.line ?? null,
        body: Buffer.from(refusal.body.subarray(0, MESSAGE_BYTES_MAX)),
        body_sha256: createHash('sha256').update(refusal.body).digest(),
      })),
    )
    .execute()
}
