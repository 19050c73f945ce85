import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { DomainError } from '../errors.ts'
import { requireSupported } from './require-supported.ts'
import { stayAhead } from './stay-ahead.ts'
import { APP_ROLE, appPassword } from './urls.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')

export interface CityToMigrate {
  /** GB/T 2260 division code; the schema is named after it. */
  readonly code: string
  readonly slug: string
  readonly nameZh: string
  readonly nameEn: string
  readonly timeZone: string
}

export function citySchema(cityCode: string): string {
  return `city_${cityCode}`
}

/**
 * Brings a database to the present shape: shared tables in `millrace`, the city's in its own schema, the job
 * queue, and the rights of the application's role. Running it again changes nothing. One process at a time,
 * by an advisory lock; each file in a transaction of its own.
 *
 * @param ownerUrl connects as the owner of the database, who may create roles
 * @throws DomainError `database.version-unsupported`, `database.encoding-unsupported`, `database.migration-changed`
 */
export async function migrate(ownerUrl: string, city: CityToMigrate): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await requireSupported(client)
    await client.query(`select pg_advisory_lock(hashtext('millrace.migrate'))`)
    await createFoundations(client, ownerUrl)
    await applyFolder(client, 'shared', 'millrace')
    const schema = citySchema(city.code)
    await client.query(`create schema if not exists ${client.escapeIdentifier(schema)}`)
    await applyFolder(client, 'city', schema)
    await client.query(
      `insert into millrace.city (code, slug, name_zh, name_en, schema_name, time_zone) values ($1, $2, $3, $4, $5, $6)
       on conflict (code) do update set slug = excluded.slug, name_zh = excluded.name_zh, name_en = excluded.name_en,
         time_zone = excluded.time_zone`,
      [city.code, city.slug, city.nameZh, city.nameEn, schema, city.timeZone],
    )
    await client.query(`set search_path to ${client.escapeIdentifier(schema)}, millrace`)
    await stayAhead(client)
    await client.query('reset search_path')
    await runMigrations({ connectionString: ownerUrl })
    for (const name of ['millrace', schema, 'graphile_worker']) await grantRights(client, name)
    await openJobQueue(client)
  } finally {
    await client.end()
  }
}

async function createFoundations(client: pg.Client, ownerUrl: string): Promise<void> {
  await client.query('create schema if not exists millrace')
  await client.query('create extension if not exists pg_trgm with schema millrace')
  await client.query(
    `create table if not exists millrace.migration (
       schema_name text, file text, sha256 text not null, applied_at timestamptz not null default now(),
       primary key (schema_name, file))`,
  )
  await createIdFunction(client)
  const password = client.escapeLiteral(appPassword(ownerUrl))
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [APP_ROLE])
  await client.query(`${rowCount ? 'alter' : 'create'} role ${APP_ROLE} login noinherit password ${password}`)
  const database = client.escapeIdentifier(client.database ?? 'postgres')
  await client.query(`grant connect, temporary on database ${database} to ${APP_ROLE}`)
}

/**
 * Identifiers that sort by time (UUID version 7, RFC 9562). PostgreSQL 18 has them; before it, 48 bits of
 * milliseconds are laid over a random UUID.
 */
async function createIdFunction(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `select from pg_proc where proname = 'uuidv7' and pronamespace = 'pg_catalog'::regnamespace`,
  )
  const body = rowCount
    ? 'select uuidv7()'
    : `select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
         placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid`
  await client.query(
    `create or replace function millrace.new_id() returns uuid language sql volatile as $$ ${body} $$`,
  )
}

async function applyFolder(client: pg.Client, folder: string, schema: string): Promise<void> {
  const applied = await client.query<{ file: string; sha256: string }>(
    'select file, sha256 from millrace.migration where schema_name = $1',
    [schema],
  )
  const known = new Map(applied.rows.map(row => [row.file, row.sha256]))
  const files = readdirSync(join(MIGRATIONS, folder)).filter(name => name.endsWith('.sql'))
  for (const file of files.sort()) {
    const text = readFileSync(join(MIGRATIONS, folder, file), 'utf8')
    const sha256 = createHash('sha256').update(text).digest('hex')
    const before = known.get(file)
    if (before === sha256) continue
    if (before !== undefined) throw migrationChanged(`${folder}/${file}`)
    await client.query('begin')
    try {
      await client.query(`set local search_path to ${client.escapeIdentifier(schema)}, millrace`)
      await client.query(text)
      await client.query('insert into millrace.migration (schema_name, file, sha256) values ($1, $2, $3)', [
        schema,
        file,
        sha256,
      ])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    }
  }
}

function migrationChanged(file: string): DomainError {
  return new DomainError({
    code: 'database.migration-changed',
    value: file,
    zh: `数据库里已执行过的迁移 ${file} 与程序中的不同：请使用与数据相符的版本，或改用新的数据目录。`,
    en: `Migration ${file} was applied in another wording: use the version of Millrace that made this data, or a new data directory.`,
  })
}

/**
 * History cannot be edited, by privilege: a table whose comment begins with "Append-only" grants the application
 * no update, delete or truncate. The comment is the one place that says so.
 */
async function grantRights(client: pg.Client, schema: string): Promise<void> {
  const name = client.escapeIdentifier(schema)
  await client.query(`grant usage on schema ${name} to ${APP_ROLE}`)
  await client.query(`grant select, insert, update, delete on all tables in schema ${name} to ${APP_ROLE}`)
  await client.query(`grant usage on all sequences in schema ${name} to ${APP_ROLE}`)
  await client.query(`grant execute on all functions in schema ${name} to ${APP_ROLE}`)
  const appendOnly = await client.query<{ table_name: string }>(
    `select c.relname as table_name from pg_class c join pg_description d on d.objoid = c.oid and d.objsubid = 0
     where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and d.description like 'Append-only.%'`,
    [name],
  )
  for (const { table_name } of appendOnly.rows) {
    await client.query(
      `revoke update, delete, truncate on ${name}.${client.escapeIdentifier(table_name)} from ${APP_ROLE}`,
    )
  }
  if (schema === 'millrace') {
    await client.query(`revoke insert, update, delete on millrace.migration, millrace.city from ${APP_ROLE}`)
  }
}

/**
 * The job queue's tables are closed by row-level security to all but their owner; the application's role is let in
 * by name.
 */
async function openJobQueue(client: pg.Client): Promise<void> {
  const closed = await client.query<{ table_name: string }>(
    `select relname as table_name from pg_class
     where relnamespace = 'graphile_worker'::regnamespace and relkind = 'r' and relrowsecurity
       and not exists (select from pg_policies where schemaname = 'graphile_worker' and tablename = relname
                       and policyname = $1)`,
    [APP_ROLE],
  )
  for (const { table_name } of closed.rows) {
    const table = client.escapeIdentifier(table_name)
    await client.query(
      `create policy ${APP_ROLE} on graphile_worker.${table} to ${APP_ROLE} using (true) with check (true)`,
    )
  }
}
