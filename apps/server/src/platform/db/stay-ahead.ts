import type pg from 'pg'

/** The half of a transaction's number that says how many times the data have moved. */
const EPOCH = 1n << 32n

/** What carries the number of the transaction that wrote it. */
const NUMBERED = [
  ['seal', 'to_transaction'],
  ['audit_event', 'transaction_id'],
  ['bank_message', 'transaction_id'],
  ['determination', 'transaction_id'],
  ['journal_entry', 'transaction_id'],
] as const

/**
 * Keeps the numbers of transactions rising where a dump was restored into a server whose own count is behind: without
 * it nothing new would be sealed, and new rows could come to stand inside old seals. Ordinarily it finds the server
 * ahead and changes nothing.
 *
 * The client's search path is the city's.
 */
export async function stayAhead(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ now: string }>('select this_transaction()::text as now')
  const now = BigInt(rows[0]?.now ?? 0)
  let highest = now
  for (const [table, column] of NUMBERED) {
    const number = `${column}::text::bigint`
    // As the index of the table has it, so that only what is newest is looked at.
    const found = await client.query<{ highest: string | null }>(
      `select max(${number})::text as highest from ${table} where ${number} > $1::bigint`,
      [now.toString()],
    )
    const seen = BigInt(found.rows[0]?.highest ?? 0)
    if (seen > highest) highest = seen
  }
  if (highest > now) await raise(client, (highest / EPOCH + 1n) * EPOCH)
}

async function raise(client: pg.ClientBase, before: bigint): Promise<void> {
  await client.query('begin')
  try {
    await client.query(
      `create or replace function transactions_before() returns bigint language sql immutable as 'select ${before}::bigint';
       create or replace function this_transaction() returns xid8 language sql stable
         as 'select (pg_current_xact_id()::text::bigint + ${before})::text::xid8';`,
    )
    await client.query(
      `insert into audit_event (id, business_date, actor, actor_role, action, subject_kind, subject_id, detail)
       select new_id(), coalesce(business_date, (now() at time zone time_zone)::date),
              'migrate', 'system', 'database.moved', 'database', current_database(), $1
       from platform_clock, city where schema_name = current_schema()`,
      [JSON.stringify({ transactions_before: before.toString() })],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
