import { sql } from 'kysely'
import { recordAudit, type SystemActor } from '../platform/audit.ts'
import { businessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { notFound } from '../platform/http/index.ts'
import { newId } from '../platform/ids.ts'
import { lockBatch } from './batch.ts'
import { newReference } from './objection-reference.ts'

export interface NewObjection {
  readonly batchId: string
  /** The line that is objected to. */
  readonly claimId: string
  readonly name: string
  /** Where the answer can be sent: a telephone number, a post or mail address. */
  readonly contact: string
  readonly reason: string
}

export interface LodgedObjection {
  readonly reference: string
  /** The end of this day is the deadline. */
  readonly until: PlainDate
}

/** So many say what there is to say of one line; a flood is stopped before it buries the officer. */
const OPEN_A_LINE_MAX = 20
const OPEN_A_BATCH_MAX = 1_000

const THE_PUBLIC: SystemActor = { name: 'public', role: 'system' }

/**
 * Takes an objection from anyone, against a line of a batch that is on public notice. From then on the batch is not
 * paid until the objection is decided.
 *
 * @throws DomainError `not-found`, `objection.too-late`, `objection.too-many`
 */
export async function lodgeObjection(db: Db, objection: NewObjection): Promise<LodgedObjection> {
  return inTransaction(db, async tx => {
    const { batchId, claimId, name, contact, reason } = objection
    const batch = await lockBatch(tx, batchId)
    const day = await businessDate(tx)
    const { notice_from: from, notice_until: until } = batch
    // Before its notice a batch is nobody's but the bureau's: it is not there.
    if (from === null || until === null || day < from) throw noSuchNotice(batchId)
    if (day > until || batch.state !== 'approved') throw tooLate(until)
    const line = await findLine(tx, batchId, claimId)
    if (!line) throw notFound({ zh: '公示明细', en: 'line of the notice' }, claimId)
    await requireRoom(tx, batchId, claimId)
    const id = newId()
    const reference = newReference()
    await tx
      .insertInto('objection')
      .values({
        id,
        reference,
        batch_id: batchId,
        claim_id: claimId,
        ...line,
        name,
        contact,
        reason,
        lodged_on: day,
      })
      .execute()
    // Who objected is personal and stands in one place only.
    await recordAudit(tx, {
      actor: THE_PUBLIC,
      businessDate: day,
      action: 'objection.lodged',
      subjectKind: 'objection',
      subjectId: id,
      detail: { batch: batch.number, claim: claimId },
    })
    return { reference, until }
  })
}

async function findLine(tx: Tx, batchId: string, claimId: string) {
  return tx
    .selectFrom('subsidy_batch_line as line')
    .innerJoin('claim', 'claim.id', 'line.claim_id')
    .select(['line.organisation_id', 'line.amount_fen', 'claim.quarter'])
    .where('line.batch_id', '=', batchId)
    .where('line.claim_id', '=', claimId)
    .executeTakeFirst()
}

async function requireRoom(tx: Tx, batchId: string, claimId: string): Promise<void> {
  const { rows } = await sql<{ of_line: number; of_batch: number }>`
    select count(*) filter (where claim_id = ${claimId})::integer as of_line, count(*)::integer as of_batch
    from open_objection where batch_id = ${batchId}`.execute(tx)
  const open = rows[0]
  if (open && open.of_line < OPEN_A_LINE_MAX && open.of_batch < OPEN_A_BATCH_MAX) return
  throw new DomainError({
    code: 'objection.too-many',
    status: 429,
    value: claimId,
    zh: '对这一项已有许多异议正在处理，暂不再收：请以书面方式向工信部门提出。',
    en: 'Many objections to this line are being looked at already and no more are taken here: write to the bureau.',
  })
}

const noSuchNotice = (id: string) => notFound({ zh: '公示', en: 'public notice' }, id)

function tooLate(until: PlainDate): DomainError {
  return new DomainError({
    code: 'objection.too-late',
    status: 409,
    value: until,
    zh: `公示已于 ${until} 结束，不再受理异议：有新的情况，请以书面方式向工信部门反映。`,
    en: `The public notice ended on ${until} and objections are no longer taken: write to the bureau if you know of something new.`,
  })
}
