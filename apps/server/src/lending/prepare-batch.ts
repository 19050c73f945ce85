import pg from 'pg'
import { recordAudit } from '../platform/audit.ts'
import { businessDate } from '../platform/clock.ts'
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Actor } from '../platform/permissions.ts'
import { lockBatch, requireState } from './batch.ts'
import * as lines from './batch-lines.sql.ts'

const UNIQUE_VIOLATION = '23505'

/**
 * Prepares the quarter's batch: everything the rules have decided and no batch has taken up yet, with corrections
 * of earlier quarters set off.
 *
 * @returns the batch's id
 * @throws DomainError `batch.nothing-owed`, `batch.already-in-preparation`
 */
export async function prepareBatch(db: Db, actor: Actor): Promise<string> {
  try {
    return await inTransaction(db, async tx => {
      const day = await businessDate(tx)
      const id = newId()
      await tx
        .insertInto('subsidy_batch')
        .values({
          id,
          number: id,
          quarter: '',
          budget_year: Number(day.slice(0, 4)),
          state: 'draft',
          claim_count: 0,
          total_fen: 0n,
          prepared_by: actor.id,
          prepared_by_name: actor.name,
          prepared_on: day,
        })
        .execute()
      const { quarter } = await fill(tx, id)
      await tx
        .updateTable('subsidy_batch')
        .set({ number: await nextNumber(tx, quarter) })
        .where('id', '=', id)
        .execute()
      await recordAudit(tx, {
        actor,
        businessDate: day,
        action: 'batch.prepared',
        subjectKind: 'subsidy_batch',
        subjectId: id,
      })
      return id
    })
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION) throw alreadyInPreparation()
    throw error
  }
}

/** Takes up what has changed since the batch was prepared. */
export async function refreshBatch(db: Db, id: string, actor: Actor): Promise<void> {
  await inTransaction(db, async tx => {
    requireState(await lockBatch(tx, id), 'refresh')
    await empty(tx, id)
    await fill(tx, id)
    const day = await businessDate(tx)
    await recordAudit(tx, {
      actor,
      businessDate: day,
      action: 'batch.refreshed',
      subjectKind: 'subsidy_batch',
      subjectId: id,
    })
  })
}

async function fill(tx: Tx, id: string): Promise<{ quarter: string }> {
  await lines.insertLines(id).execute(tx)
  await lines.takeUpClaims(id).execute(tx)
  const sums = (await lines.totals(id).execute(tx)).rows[0]
  if (!sums?.quarter) throw nothingOwed()
  const { claim_count, total_fen, quarter } = sums
  await tx
    .updateTable('subsidy_batch')
    .set({ claim_count, total_fen, quarter })
    .where('id', '=', id)
    .execute()
  return { quarter }
}

async function empty(tx: Tx, id: string): Promise<void> {
  await lines.giveBackClaims(id).execute(tx)
  await tx.deleteFrom('subsidy_batch_line').where('batch_id', '=', id).execute()
}

/** `2022Q2-1`: the quarter and the how-manieth batch of it. */
async function nextNumber(tx: Tx, quarter: string): Promise<string> {
  const { count } = await tx
    .selectFrom('subsidy_batch')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('quarter', '=', quarter)
    .executeTakeFirstOrThrow()
  return `${quarter}-${count}`
}

function nothingOwed(): DomainError {
  return new DomainError({
    code: 'batch.nothing-owed',
    status: 409,
    zh: '没有待拨付的贴息：银行报送结息、规则核定之后再准备批次。',
    en: 'Nothing is owed: prepare a batch after banks have reported settled interest and the rules have decided.',
  })
}

function alreadyInPreparation(): DomainError {
  return new DomainError({
    code: 'batch.already-in-preparation',
    status: 409,
    zh: '已有一个批次在准备或审批中：请先办完它。',
    en: 'A batch is being prepared or decided already: finish that one first.',
  })
}
