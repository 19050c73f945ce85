import type { Db, Tx } from '../../platform/db/index.ts'
import { newId } from '../../platform/ids.ts'
import type { DropFormat } from './read-drop.ts'

/** A file as the register of drops has it. */
export interface Drop {
  readonly id: string
  readonly sha256: Buffer
}

export interface DropToOpen {
  readonly bankCode: string
  readonly idempotencyKey: string
  readonly sha256: Buffer
  readonly byteCount: number
  readonly format: DropFormat
  readonly header: string | undefined
  readonly keyId: string
  readonly signature: string
  readonly businessDate: string
}

/** Registers a drop, or finds the one that has its key: two at once agree on one. */
export async function openDrop(db: Db, drop: DropToOpen): Promise<Drop> {
  await db
    .insertInto('bank_drop')
    .values({
      id: newId(),
      bank_code: drop.bankCode,
      idempotency_key: drop.idempotencyKey,
      body_sha256: drop.sha256,
      byte_count: BigInt(drop.byteCount),
      format: drop.format,
      header: drop.header ?? null,
      key_id: drop.keyId,
      signature: drop.signature,
      business_date: drop.businessDate,
    })
    .onConflict(conflict => conflict.columns(['bank_code', 'idempotency_key']).doNothing())
    .execute()
  const { id, body_sha256 } = await db
    .selectFrom('bank_drop')
    .select(['id', 'body_sha256'])
    .where('bank_code', '=', drop.bankCode)
    .where('idempotency_key', '=', drop.idempotencyKey)
    .executeTakeFirstOrThrow()
  return { id, sha256: body_sha256 }
}

/** How far a drop has been taken. */
export interface DropProgress {
  readonly parts: number
  readonly byteEnd: number
  readonly lineEnd: number
  readonly final: boolean
}

/** @returns undefined when no part of it has been taken */
export async function findProgress(db: Db, dropId: string): Promise<DropProgress | undefined> {
  const last = await db
    .selectFrom('bank_drop_part')
    .select(['part', 'byte_end', 'line_end', 'final'])
    .where('drop_id', '=', dropId)
    .orderBy('part', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    last && {
      parts: last.part + 1,
      byteEnd: Number(last.byte_end),
      lineEnd: last.line_end,
      final: last.final,
    }
  )
}

export interface PartRow {
  readonly dropId: string
  readonly part: number
  readonly byteEnd: number
  readonly lineEnd: number
  readonly final: boolean
  readonly counts: Counts
  /** One JSON text a line. */
  readonly answers: string
}

/** Rows by what was answered; `replayed` says how many of them were received before. */
export interface Counts {
  readonly rows: number
  readonly applied: number
  readonly waiting: number
  readonly refused: number
  readonly replayed: number
}

export async function insertPart(tx: Tx, part: PartRow): Promise<void> {
  await tx
    .insertInto('bank_drop_part')
    .values({
      drop_id: part.dropId,
      part: part.part,
      byte_end: BigInt(part.byteEnd),
      line_end: part.lineEnd,
      final: part.final,
      row_count: part.counts.rows,
      applied: part.counts.applied,
      waiting: part.counts.waiting,
      replayed: part.counts.replayed,
      refused: part.counts.refused,
      answers: part.answers,
    })
    .execute()
}

/** A part of a drop and its answers, as they were kept. */
export interface KeptPart extends Counts {
  readonly part: number
}

/** The parts of a drop, without their answers. */
export async function findParts(db: Db, dropId: string): Promise<KeptPart[]> {
  const parts = await db
    .selectFrom('bank_drop_part')
    .select(['part', 'row_count as rows', 'applied', 'waiting', 'replayed', 'refused'])
    .where('drop_id', '=', dropId)
    .orderBy('part')
    .execute()
  return parts
}

/** The answers of a part: one JSON text a line. */
export async function getAnswers(db: Db, dropId: string, part: number): Promise<string> {
  const { answers } = await db
    .selectFrom('bank_drop_part')
    .select('answers')
    .where('drop_id', '=', dropId)
    .where('part', '=', part)
    .executeTakeFirstOrThrow()
  return answers
}
