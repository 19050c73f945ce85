import { hold } from '../funds/index.ts'
import { recordAudit } from '../platform/audit.ts'
import { businessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import type { Actor } from '../platform/permissions.ts'
import { getWorkingDayCalendar } from '../platform/working-days.ts'
import { findSetting } from '../policy/index.ts'
import { type Batch, type BatchState, lockBatch, requireState } from './batch.ts'
import { recordRemark } from './batch-remarks.ts'
import { interestSubsidyEpochs } from './determine-claims.ts'
import { type PublicNotice, publicNotice } from './public-notice.ts'

/** Hands a prepared batch to the approver. Who hands it over answers for it, whoever prepared it first. */
export async function submitBatch(db: Db, id: string, text: string, actor: Actor): Promise<void> {
  await step(db, id, actor, 'submit', async (tx, batch, day) => {
    await setState(tx, batch, {
      state: 'submitted',
      submitted_on: day,
      prepared_by: actor.id,
      prepared_by_name: actor.name,
    })
    await recordRemark(tx, { batchId: id, kind: 'submitted', text }, actor, day)
  })
}

/** Sends a batch back to its preparer, who learns why. */
export async function returnBatch(db: Db, id: string, reason: string, actor: Actor): Promise<void> {
  await step(db, id, actor, 'return', async (tx, batch, day) => {
    await setState(tx, batch, { state: 'returned' })
    await recordRemark(tx, { batchId: id, kind: 'returned', text: reason }, actor, day)
  })
}

/**
 * Approves a batch: the money is held in the same transaction, so that what is approved can be paid. The public
 * notice, if the city has one, begins on the next working day.
 *
 * @throws DomainError `batch.same-person`, `funds.insufficient`
 */
export async function approveBatch(db: Db, id: string, text: string, actor: Actor): Promise<void> {
  await step(db, id, actor, 'approve', async (tx, batch, day) => {
    if (batch.prepared_by === actor.id) throw samePerson(batch)
    const notice = await noticeOf(tx, day)
    await setState(tx, batch, {
      state: 'approved',
      decided_by: actor.id,
      decided_by_name: actor.name,
      decided_on: day,
      notice_from: notice.from,
      notice_until: notice.until,
      payable_from: notice.payableFrom,
    })
    if (batch.total_fen > 0n) {
      await hold(tx, {
        year: batch.budget_year,
        amountFen: batch.total_fen,
        businessDate: day,
        actor: actor.id,
        reference: { kind: 'subsidy_batch', id },
        memo: batch.number,
      })
    }
    await recordRemark(tx, { batchId: id, kind: 'approved', text }, actor, day)
  })
}

async function noticeOf(tx: Tx, day: PlainDate): Promise<PublicNotice> {
  const inForce = (await interestSubsidyEpochs(tx)).findLast(({ from }) => from <= day)
  const noticeDays = Number((inForce && findSetting(inForce, 'notice_working_days')) ?? '0')
  return publicNotice(day, noticeDays, await getWorkingDayCalendar(tx))
}

async function step(
  db: Db,
  id: string,
  actor: Actor,
  action: 'submit' | 'return' | 'approve',
  work: (tx: Tx, batch: Batch, day: PlainDate) => Promise<void>,
): Promise<void> {
  await inTransaction(db, async tx => {
    const batch = await lockBatch(tx, id)
    requireState(batch, action)
    const day = await businessDate(tx)
    await work(tx, batch, day)
    await recordAudit(tx, {
      actor,
      businessDate: day,
      action: `batch.${action}`,
      subjectKind: 'subsidy_batch',
      subjectId: id,
      detail: { number: batch.number, total_fen: batch.total_fen.toString() },
    })
  })
}

interface Changes {
  readonly state: BatchState
  readonly submitted_on?: PlainDate
  readonly prepared_by?: string
  readonly prepared_by_name?: string
  readonly decided_by?: string
  readonly decided_by_name?: string
  readonly decided_on?: PlainDate
  readonly notice_from?: PlainDate | null
  readonly notice_until?: PlainDate | null
  readonly payable_from?: PlainDate
}

async function setState(tx: Tx, batch: Batch, changes: Changes): Promise<void> {
  await tx.updateTable('subsidy_batch').set(changes).where('id', '=', batch.id).execute()
}

function samePerson(batch: Batch): DomainError {
  return new DomainError({
    code: 'batch.same-person',
    status: 403,
    value: batch.number,
    zh: '准备批次的人不能审批同一批次：请由另一位审批人办理。',
    en: 'Who prepared a batch cannot approve it: another approver has to.',
  })
}
