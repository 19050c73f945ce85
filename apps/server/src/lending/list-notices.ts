import { type RawBuilder, sql } from 'kysely'
import { businessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import { notFound } from '../platform/http/index.ts'
import { type Fen, formatYuan } from '../platform/money.ts'

interface NoticeRow {
  readonly id: string
  readonly number: string
  readonly quarter: string
  readonly notice_from: PlainDate
  readonly notice_until: PlainDate
  readonly claim_count: number
  readonly total_fen: Fen
}

/** Batches that are on public notice today, the one that ends first at the top. */
export async function listNotices(db: Db) {
  return noticesWhere(db, sql`true`)
}

/** @throws DomainError `not-found` when the batch is not on notice today, whatever else it is */
export async function getNotice(db: Db, id: string) {
  const [notice] = await noticesWhere(db, sql`b.id = ${id}`)
  if (!notice) throw notFound({ zh: '公示', en: 'public notice' }, id)
  return notice
}

async function noticesWhere(db: Db, condition: RawBuilder<unknown>) {
  const day = await businessDate(db)
  const { rows } = await sql<NoticeRow>`
    select b.id, b.number, b.quarter, b.notice_from, b.notice_until, b.claim_count, b.total_fen
    from subsidy_batch b
    where b.state = 'approved' and ${day} between b.notice_from and b.notice_until and ${condition}
    order by b.notice_until, b.id limit 100`.execute(db)
  return rows.map(({ notice_from, notice_until, claim_count, total_fen, ...rest }) => ({
    ...rest,
    from: notice_from,
    until: notice_until,
    lines: claim_count,
    total: formatYuan(total_fen),
  }))
}

interface NoticeLineRow {
  readonly claim_id: string
  readonly enterprise_name: string
  readonly quarter: string
  readonly amount_fen: Fen
}

export interface NoticeLineFilter {
  /** Part of the enterprise's name. */
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** What a notice shows of each line: who, for which quarter, how much. No bank, no receipt, no account, no person. */
export async function listNoticeLines(db: Db, batchId: string, { text, after, limit }: NoticeLineFilter) {
  const part = `%${(text ?? '').replaceAll(/[\\%_]/g, character => `\\${character}`)}%`
  const { rows } = await sql<NoticeLineRow>`
    select l.claim_id, o.name as enterprise_name, c.quarter, l.amount_fen
    from subsidy_batch_line l
    join claim c on c.id = l.claim_id
    join organisation o on o.id = l.organisation_id
    where l.batch_id = ${batchId} and ${after === undefined ? sql`true` : sql`l.claim_id > ${after}`}
      and ${text === undefined ? sql`true` : sql`o.name ilike ${part}`}
    order by l.claim_id limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  return {
    items: page.map(({ amount_fen, ...rest }) => ({ ...rest, amount: formatYuan(amount_fen) })),
    next: rows.length > limit ? (page.at(-1)?.claim_id ?? null) : null,
  }
}
