/**
 * The import of a national-sized file: `node bench/import/run.ts [rows] [rounds]`. Beside it, in the same run and by
 * turns, a bare COPY of the same file into a table of text columns that has no key and no index.
 *
 * The import's figure runs from opening the file to the commit: decoding, checking, comparing, organisations with
 * their keys and versions with theirs. Names become searchable after it; that is timed apart and printed below.
 */
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { readCity } from '../../apps/server/src/platform/city.ts'
import { findOrganisations, importOrganisations, indexNames } from '../../apps/server/src/registry/index.ts'
import { asOwner } from '../../test/as-owner.ts'
import { TEST_CITY } from '../../test/test-city.ts'
import { timed, withBenchDatabase } from '../support/server.ts'
import { writeNationalFile } from './national-file.ts'

const rows = Number(process.argv[2] ?? 679_671)
const rounds = Number(process.argv[3] ?? 3)
const folder = mkdtempSync(join(tmpdir(), 'millrace-import-'))
const file = join(folder, 'national.csv')
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

try {
  const bytes = await writeNationalFile(file, rows)
  console.log(`${rows.toLocaleString('en')} rows, ${Math.round(bytes / 1e6)} MB`)
  await withBenchDatabase(async database => {
    const { db, pool, ownerUrl } = database
    const options = {
      file,
      city: readCity(TEST_CITY.slug),
      database,
      actor: { name: 'bench', role: 'system' },
    } as const

    const bareCopy = async () => {
      await asOwner(ownerUrl, async client => {
        await client.query(`drop table if exists bare;
          create table bare (a text, b text, c text, d text, e text, f text, g text, h text, i text, j text);
          grant insert on bare to public; checkpoint`)
      })
      const client = await pool.connect()
      try {
        const copy = copyFrom('copy bare from stdin (format csv, header true)')
        const { seconds } = await timed(() =>
          pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), client.query(copy)),
        )
        return seconds
      } finally {
        client.release()
      }
    }
    const empty = () =>
      asOwner(ownerUrl, client =>
        client.query(`truncate organisation, organisation_version, organisation_search, organisation_search_due cascade;
          checkpoint`),
      )

    const bare: number[] = []
    const imports: number[] = []
    for (let round = 1; round <= rounds; round++) {
      bare.push(await bareCopy())
      await empty()
      const { seconds, result } = await timed(() => importOrganisations(options))
      imports.push(seconds)
      const { created, rejected, warnings } = result
      console.log(
        `round ${round}: bare COPY ${bare.at(-1)?.toFixed(2)} s, import ${seconds.toFixed(2)} s ` +
          `(${created} created, ${rejected} rejected, ${warnings} warnings), ratio ${(seconds / (bare.at(-1) ?? 0)).toFixed(2)}`,
      )
    }
    const ratio = median(imports) / median(bare)
    console.log(
      `medians: bare COPY ${median(bare).toFixed(2)} s, import ${median(imports).toFixed(2)} s; ratio ${ratio.toFixed(2)}`,
    )

    const again = await timed(() => importOrganisations(options))
    console.log(`the same file again: ${again.seconds.toFixed(2)} s, ${again.result.unchanged} unchanged`)
    const indexed = await timed(() => indexNames(db))
    console.log(`names made searchable, after the commit: ${indexed.seconds.toFixed(2)} s`)
    console.log(
      `import and search index together: ratio ${((median(imports) + indexed.seconds) / median(bare)).toFixed(2)}`,
    )

    for (const text of ['灯饰', '测试 五金', '有限公司', '9199', '']) {
      const times: number[] = []
      for (let turn = 0; turn < 5; turn++) {
        times.push(
          (await timed(() => findOrganisations(db, { scope: { kind: 'all' }, text, limit: 50 }))).seconds,
        )
      }
      console.log(`search “${text}”: ${(median(times) * 1000).toFixed(1)} ms`)
    }
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
