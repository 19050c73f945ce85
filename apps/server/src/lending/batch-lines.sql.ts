import { type RawBuilder, sql } from 'kysely'

/**
 * What a batch owes each enterprise, claim by claim: the claim's amount less what earlier batches took up. An
 * amount below what was taken up is set off against the enterprise's other lines, never below nothing: the running
 * sum of what is taken back stops where the sum of what is paid ends, and the rest waits for a later batch.
 * Suspended claims stand still, and so do those that an upheld objection holds back; a claim whose facts are
 * disputed is not taken back until that is settled.
 */
export const insertLines = (batchId: string): RawBuilder<unknown> => sql`
  insert into subsidy_batch_line (batch_id, claim_id, determination_id, organisation_id, amount_fen)
  select ${batchId}, claim_id, determination_id, organisation_id, line_fen
  from (
    select owed.*,
      case when owed_fen > 0 then owed_fen
      else -greatest(0, least(-owed_fen,
        coalesce(sum(owed_fen) filter (where owed_fen > 0) over (partition by organisation_id), 0)
        + coalesce(sum(owed_fen) filter (where owed_fen < 0) over (
            partition by organisation_id order by claim_id rows between unbounded preceding and 1 preceding), 0)))
      end::bigint as line_fen
    from (
      select c.id as claim_id, c.determination_id, c.organisation_id, c.amount_fen - c.batched_fen as owed_fen
      from claim c
      where c.answer <> 'suspended' and c.amount_fen <> c.batched_fen
        and not (c.answer = 'unknown' and c.batched_fen > 0)
        and c.id not in (select claim_id from claim_withheld)) owed) lines
  where line_fen <> 0`

export const takeUpClaims = (batchId: string): RawBuilder<unknown> => sql`
  update claim c set batched_fen = c.batched_fen + l.amount_fen
  from subsidy_batch_line l where l.batch_id = ${batchId} and l.claim_id = c.id`

export const giveBackClaims = (batchId: string): RawBuilder<unknown> => sql`
  update claim c set batched_fen = c.batched_fen - l.amount_fen
  from subsidy_batch_line l where l.batch_id = ${batchId} and l.claim_id = c.id`

export const totals = (batchId: string) => sql<{
  claim_count: number
  total_fen: bigint
  quarter: string | null
}>`
  select count(*)::integer as claim_count, coalesce(sum(l.amount_fen), 0)::bigint as total_fen,
    max(c.quarter) as quarter
  from subsidy_batch_line l join claim c on c.id = l.claim_id
  where l.batch_id = ${batchId}`
