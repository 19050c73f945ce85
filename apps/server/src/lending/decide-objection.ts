import { sql } from 'kysely'
import { recordAudit } from '../platform/audit.ts'
import { businessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { formatYuan } from '../platform/money.ts'
import type { Actor } from '../platform/permissions.ts'
import { lockBatch } from './batch.ts'
import { recordRemark } from './batch-remarks.ts'
import { getObjection } from './objection.ts'
import { takeOutLine } from './take-out-line.ts'

export const OUTCOMES = ['redetermine', 'withhold'] as const
export type ObjectionOutcome = (typeof OUTCOMES)[number]

export type ObjectionDecision =
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'upheld'; readonly outcome: ObjectionOutcome; readonly reason: string }

type Objection = Awaited<ReturnType<typeof getObjection>>

/**
 * Decides an objection. Rejected, everything stays as it is. Upheld, the line leaves the batch and its claim is held
 * back: until the rules have decided anew on other facts, or until somebody releases it. Who objected reads the
 * reason under their reference; the enterprise is told that its subsidy waits.
 *
 * @throws DomainError `not-found`, `objection.decided-before`, `funds.insufficient`
 */
export async function decideObjection(
  db: Db,
  id: string,
  decision: ObjectionDecision,
  actor: Actor,
): Promise<void> {
  await inTransaction(db, async tx => {
    const objection = await getObjection(tx, id)
    const batch = await lockBatch(tx, objection.batch_id)
    const day = await businessDate(tx)
    if (await isDecided(tx, id)) throw decidedBefore(objection)
    await recordEvent(tx, objection, decision, actor, day)
    if (decision.kind === 'upheld') {
      const takenOut = await takeOutLine(tx, batch, objection.claim_id, actor, day)
      if (decision.outcome === 'redetermine') await determineAgain(tx, objection.claim_id)
      if (takenOut !== undefined) await tellEnterprise(tx, objection, day)
    }
    const kind = decision.kind === 'upheld' ? 'objection_upheld' : 'objection_rejected'
    const remark = { batchId: batch.id, claimId: objection.claim_id, kind, text: decision.reason } as const
    await recordRemark(tx, remark, actor, day)
    const detail = { batch: batch.number, claim: objection.claim_id, reason: decision.reason }
    const event = { actor, businessDate: day, action: `objection.${decision.kind}`, detail }
    await recordAudit(tx, { ...event, subjectKind: 'objection', subjectId: id })
    // The batch is another one now: whoever had it before them learns who changed it.
    if (decision.kind === 'upheld') {
      await recordAudit(tx, { ...event, subjectKind: 'subsidy_batch', subjectId: batch.id })
    }
  })
}

/**
 * Releases a claim that an upheld objection holds back: the next batch takes it up, if the rules still find it owed.
 *
 * @throws DomainError `not-found`, `objection.nothing-withheld`
 */
export async function releaseWithheld(db: Db, id: string, reason: string, actor: Actor): Promise<void> {
  await inTransaction(db, async tx => {
    const objection = await getObjection(tx, id)
    await lockBatch(tx, objection.batch_id)
    const day = await businessDate(tx)
    const { rows } = await sql<{ withheld: boolean }>`
      select exists (select from objection_event where objection_id = ${id} and kind = 'upheld')
        and not exists (select from objection_event where objection_id = ${id} and kind = 'released') as withheld`.execute(
      tx,
    )
    if (!rows[0]?.withheld) throw nothingWithheld(objection)
    await insertEvent(tx, { objection_id: id, kind: 'released', reason }, actor, day)
    await recordAudit(tx, {
      actor,
      businessDate: day,
      action: 'objection.released',
      subjectKind: 'objection',
      subjectId: id,
      detail: { claim: objection.claim_id, reason },
    })
  })
}

async function isDecided(tx: Tx, id: string): Promise<boolean> {
  const event = await tx
    .selectFrom('objection_event')
    .select('id')
    .where('objection_id', '=', id)
    .executeTakeFirst()
  return event !== undefined
}

async function recordEvent(
  tx: Tx,
  { id, claim_id }: Objection,
  decision: ObjectionDecision,
  actor: Actor,
  day: PlainDate,
): Promise<void> {
  const { kind, reason } = decision
  if (decision.kind === 'rejected') return insertEvent(tx, { objection_id: id, kind, reason }, actor, day)
  const { determination_id } = await tx
    .selectFrom('claim')
    .select('determination_id')
    .where('id', '=', claim_id)
    .executeTakeFirstOrThrow()
  const { outcome } = decision
  await insertEvent(tx, { objection_id: id, kind, outcome, determination_id, reason }, actor, day)
}

interface NewEvent {
  readonly objection_id: string
  readonly kind: 'upheld' | 'rejected' | 'released'
  readonly outcome?: ObjectionOutcome
  readonly determination_id?: string
  readonly reason: string
}

async function insertEvent(tx: Tx, event: NewEvent, actor: Actor, day: PlainDate): Promise<void> {
  await tx
    .insertInto('objection_event')
    .values({
      id: newId(),
      ...event,
      recorded_by: actor.id,
      recorded_by_name: actor.name,
      business_date: day,
    })
    .execute()
}

async function determineAgain(tx: Tx, claimId: string): Promise<void> {
  await sql`insert into period_to_determine
    select id, organisation_id, calendar_year from loan_period where id = ${claimId}`.execute(tx)
}

async function tellEnterprise(tx: Tx, objection: Objection, day: PlainDate): Promise<void> {
  await tx
    .insertInto('notification')
    .values({
      id: newId(),
      organisation_id: objection.organisation_id,
      kind: 'subsidy-withheld',
      parameters: JSON.stringify({ amount: formatYuan(objection.amount_fen), quarter: objection.quarter }),
      business_date: day,
    })
    .execute()
}

function decidedBefore({ reference }: Objection): DomainError {
  return new DomainError({
    code: 'objection.decided-before',
    status: 409,
    value: reference,
    zh: `异议 ${reference} 已有处理结果：请刷新页面查看。`,
    en: `Objection ${reference} has been decided already: reload to see how.`,
  })
}

function nothingWithheld({ reference }: Objection): DomainError {
  return new DomainError({
    code: 'objection.nothing-withheld',
    status: 409,
    value: reference,
    zh: `异议 ${reference} 没有暂缓任何贴息，无需解除。`,
    en: `Objection ${reference} holds nothing back: there is nothing to release.`,
  })
}
