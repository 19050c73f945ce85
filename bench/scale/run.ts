/**
 * What a city costs: `node bench/scale/run.ts [organisations] [loans]`. Bytes of every table with its indexes, by
 * organisation, loan, claim and bank message; seconds of what is done with all of them; memory of the process. The
 * figures of docs/scale.md come from here.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { playHeadlessStory } from '../../apps/server/src/app/headless-story.ts'
import { createLog } from '../../apps/server/src/app/log.ts'
import { verify } from '../../apps/server/src/app/verify.ts'
import { determineClaims } from '../../apps/server/src/lending/index.ts'
import { readCity } from '../../apps/server/src/platform/city.ts'
import { appUrl, connect, type Db, withDatabase } from '../../apps/server/src/platform/db/index.ts'
import { sealStreams } from '../../apps/server/src/platform/evidence/index.ts'
import { loadPolicies } from '../../apps/server/src/policy/index.ts'
import { importOrganisations, indexNames } from '../../apps/server/src/registry/index.ts'
import { asOwner } from '../../test/as-owner.ts'
import { TEST_CITY } from '../../test/test-city.ts'
import { generateLoans } from '../claims/loans.ts'
import { writeNationalFile } from '../import/national-file.ts'
import { timed, withBenchDatabase } from '../support/server.ts'

const organisations = Number(process.argv[2] ?? 1_000_000)
const loans = Number(process.argv[3] ?? 100_000)
const city = readCity(TEST_CITY.slug)
const folder = mkdtempSync(join(tmpdir(), 'millrace-scale-'))
const file = join(folder, 'national.csv')

/** Tables with rows, largest first: bytes with indexes and long values, and by row. */
async function sizes(db: Db, title: string, unit: string, units: number): Promise<void> {
  const { rows: tables } = await sql<{ name: string; bytes: string }>`
    select relname as name, pg_total_relation_size(oid)::text as bytes from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r'`.execute(db)
  const lines: { name: string; bytes: number; rows: number }[] = []
  for (const { name, bytes } of tables) {
    const counted = await sql<{ rows: number }>`select count(*)::int as rows from ${sql.table(name)}`.execute(
      db,
    )
    const rows = counted.rows[0]?.rows ?? 0
    if (rows > 1_000) lines.push({ name, bytes: Number(bytes), rows })
  }
  lines.sort((a, b) => b.bytes - a.bytes)
  console.log(`\n${title}`)
  for (const { name, bytes, rows } of lines) {
    console.log(
      `${name.padEnd(28)} ${rows.toLocaleString('en').padStart(11)} rows ${(bytes / 1e6).toFixed(1).padStart(9)} MB` +
        ` ${Math.round(bytes / rows)
          .toString()
          .padStart(6)} B a row ${Math.round(bytes / units)
          .toString()
          .padStart(6)} B ${unit}`,
    )
  }
  const total = lines.reduce((sum, { bytes }) => sum + bytes, 0)
  console.log(`together ${(total / 1e6).toFixed(1)} MB, ${Math.round(total / units)} B ${unit}`)
}

const say = (what: string, seconds: number, count: number) =>
  console.log(
    `${what}: ${seconds.toFixed(1)} s, ${Math.round(count / seconds).toLocaleString('en')} a second`,
  )
const memory = (when: string) =>
  console.log(
    `memory of the process ${when}: ${Math.round(process.memoryUsage().rss / 1e6)} MB, at most ${Math.round(process.resourceUsage().maxRSS / 1e3)} MB so far`,
  )

try {
  await writeNationalFile(file, organisations)
  await withBenchDatabase(async database => {
    const { db, ownerUrl } = database
    memory('at the beginning')
    const options = { file, city, database, actor: { name: 'bench', role: 'system' } } as const
    const imported = await timed(() => importOrganisations(options))
    say(`${organisations.toLocaleString('en')} organisations imported`, imported.seconds, organisations)
    const indexed = await timed(() => indexNames(db))
    say('names made searchable', indexed.seconds, organisations)
    const again = await timed(() => importOrganisations(options))
    say('the same file again, nothing changed', again.seconds, organisations)
    memory('after the import')
    await asOwner(ownerUrl, client => client.query('vacuum analyze'))
    await sizes(db, 'The registry', 'an organisation', organisations)
  })
  await withBenchDatabase(async database => {
    const { db, ownerUrl } = database
    await loadPolicies(db, city)
    await generateLoans(ownerUrl, loans)
    await sql`insert into period_to_determine select id, organisation_id, calendar_year from loan_period`.execute(
      db,
    )
    const determined = await timed(() => determineClaims(db))
    say(
      `\nclaims of one quarter of ${loans.toLocaleString('en')} loans determined`,
      determined.seconds,
      loans,
    )
    const sealed = await timed(() => sealStreams(database))
    say('sealed', sealed.seconds, Number(sealed.result))
    const verified = await timed(() => verify(database))
    say(`verified (${verified.result.holds ? 'holds' : 'DOES NOT HOLD'})`, verified.seconds, loans)
    memory('after the claims')
    await asOwner(ownerUrl, client => client.query('vacuum analyze'))
    await sizes(db, 'One quarter, loans made in the database', 'a loan', loans)
  })
  await withBenchDatabase(async ({ ownerUrl }) => {
    await asOwner(ownerUrl, client => client.query('create database story'))
    const url = withDatabase(ownerUrl, 'story')
    process.env.DATABASE_URL = url
    const size = { seed: 1, organisations: 2_000, loans: 600 }
    const { seconds, result } = await timed(() =>
      playHeadlessStory({
        quarters: 4,
        size,
        embedded: false,
        log: createLog('silent').log,
        onProgress: () => {},
        signal: new AbortController().signal,
      }),
    )
    delete process.env.DATABASE_URL
    console.log(
      `\nthe story of four quarters over HTTP: ${seconds.toFixed(1)} s, difference ${result.difference_fen} fen`,
    )
    memory('after the story')
    const { db, close } = connect(appUrl(url), '442000')
    await sizes(
      db,
      `The story, ${result.messages.accepted} bank messages`,
      'a message',
      result.messages.accepted,
    )
    await close()
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
