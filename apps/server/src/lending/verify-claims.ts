import { createHash } from 'node:crypto'
import type { PlainInput } from '@millrace/dmn'
import { sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import { type Fen, formatYuan } from '../platform/money.ts'
import { evaluateSubject, getPolicyVersion } from '../policy/index.ts'

const PAGE_ROWS = 1_000

export interface ClaimDisagreement {
  readonly claimId: string
  readonly what: 'answer' | 'amount' | 'inputs' | 'batched' | 'paid' | 'origin'
  readonly stored: string
  readonly recomputed: string
}

interface Row {
  readonly claim_id: string
  readonly claim_answer: string
  readonly claim_amount_fen: Fen
  readonly batched_fen: Fen
  readonly paid_fen: Fen
  readonly lines_fen: Fen
  readonly paid_lines_fen: Fen
  readonly policy_version_id: string
  readonly as_of: PlainDate
  readonly parameters: Record<string, PlainInput>
  readonly inputs: Record<string, PlainInput>
  readonly inputs_text: string
  readonly input_sha256: Buffer
  readonly answer: string
  readonly amount_fen: Fen
}

/**
 * Recomputes every claim from the inputs that its determination kept, one by one and not in bulk, and what was
 * batched and paid from its lines.
 *
 * @returns how many claims were recomputed and all that disagrees
 */
export async function verifyClaims(db: Db): Promise<{ claims: number; disagreements: ClaimDisagreement[] }> {
  const disagreements = await findOrphans(db)
  let claims = 0
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await readPage(db, after)
    const last = rows.at(-1)
    if (!last) return { claims, disagreements }
    for (const row of rows) disagreements.push(...(await recompute(db, row)))
    claims += rows.length
    after = last.claim_id
  }
}

/** Claims whose run or period is not there: no key of the database keeps these two, so they are looked for here. */
async function findOrphans(db: Db): Promise<ClaimDisagreement[]> {
  const { rows } = await sql<{ id: string; lacks: string }>`
    select c.id, case when r.id is null then 'determination_run' else 'loan_period' end as lacks
    from claim c
    join determination d on d.id = c.determination_id
    left join determination_run r on r.id = d.run_id
    left join loan_period p on p.id = c.id
    where r.id is null or p.id is null order by c.id`.execute(db)
  return rows.map(({ id, lacks }) => ({ claimId: id, what: 'origin', stored: lacks, recomputed: 'missing' }))
}

async function readPage(db: Db, after: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.id as claim_id, c.answer as claim_answer, c.amount_fen as claim_amount_fen, c.batched_fen, c.paid_fen,
      coalesce(l.lines_fen, 0)::bigint as lines_fen, coalesce(l.paid_lines_fen, 0)::bigint as paid_lines_fen,
      r.policy_version_id, r.as_of, r.parameters, d.inputs, d.inputs::text as inputs_text, d.input_sha256, d.answer,
      d.amount_fen
    from (select * from claim where id > ${after} order by id limit ${PAGE_ROWS}) c
    join determination d on d.id = c.determination_id
    join determination_run r on r.id = d.run_id
    left join lateral (
      select sum(line.amount_fen) as lines_fen, sum(line.amount_fen) filter (where line.state = 'paid') as paid_lines_fen
      from subsidy_batch_line line where line.claim_id = c.id) l on true
    order by c.id`.execute(db)
  return rows
}

async function recompute(db: Db, row: Row): Promise<ClaimDisagreement[]> {
  const version = await getPolicyVersion(db, row.policy_version_id)
  const outcome = evaluateSubject(version, { ...row.parameters, ...row.inputs }, row.as_of)
  const payable = outcome.answer === 'eligible' || outcome.answer === 'suspended'
  const amount = formatYuan(payable ? outcome.amountFen : 0n)
  const hash = createHash('sha256').update(row.inputs_text).digest()
  const found: ClaimDisagreement[] = []
  const compare = (what: ClaimDisagreement['what'], stored: string, recomputed: string) => {
    if (stored !== recomputed) found.push({ claimId: row.claim_id, what, stored, recomputed })
  }
  compare('inputs', row.input_sha256.toString('hex'), hash.toString('hex'))
  compare('answer', row.claim_answer, outcome.answer)
  compare('answer', row.answer, outcome.answer)
  compare('amount', formatYuan(row.claim_amount_fen), amount)
  compare('amount', formatYuan(row.amount_fen), amount)
  compare('batched', formatYuan(row.batched_fen), formatYuan(row.lines_fen))
  compare('paid', formatYuan(row.paid_fen), formatYuan(row.paid_lines_fen))
  return found
}
