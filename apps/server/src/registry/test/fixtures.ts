import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import iconv from 'iconv-lite'
import pg from 'pg'
import type { TestDatabase } from '../../../../../test/database.ts'
import { readCity } from '../../platform/city.ts'
import { citySchema, type Database } from '../../platform/db/index.ts'
import { importOrganisations } from '../import-organisations.ts'
import type { ImportOptions } from '../import-result.ts'
import { checkDigit } from '../rules/credit-code.ts'

export const city = readCity('testville')
export const HEADING =
  '企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址'

/** Sound codes of the test city, one after another: the organisation code inside is not, which is advisory. */
export function codeOf(number: number): string {
  const body = `91990100MA${number.toString().padStart(7, '0')}`
  return body + checkDigit(body)
}

export interface RowText {
  readonly name?: string
  readonly code?: string
  readonly established?: string
  readonly kind?: string
  readonly capital?: string
  readonly scope?: string
  readonly region?: string
  readonly address?: string
}

/** One row under the heading, sound where nothing else is said. */
export function rowText(number: number, row: RowText = {}): string {
  const cells = [
    row.name ?? `柳溪第${number}机械厂`,
    row.code ?? codeOf(number),
    row.established ?? '1999-05-06',
    row.kind ?? '有限责任公司',
    '*',
    row.capital ?? '200(万元人民币)',
    row.scope ?? '生产、销售：机械设备。',
    '示例',
    row.region ?? '测试',
    row.address ?? '示例省测试市柳溪镇长安路1号',
  ]
  return cells.map(cell => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')
}

export function csv(...rows: readonly string[]): string {
  return `${[HEADING, ...rows].join('\r\n')}\r\n`
}

const folder = mkdtempSync(join(tmpdir(), 'millrace-registry-'))
after(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

/** A file with this content, gone after the tests. */
export function fileOf(content: string | Buffer, extension = 'csv'): string {
  const path = join(folder, `${++files}.${extension}`)
  writeFileSync(path, content)
  return path
}

export const inGb18030 = (text: string): Buffer => iconv.encode(text, 'gb18030')

export function importText(
  database: Database,
  content: string | Buffer,
  options: Partial<ImportOptions> = {},
) {
  return importOrganisations({
    file: fileOf(content),
    city,
    database,
    actor: { name: 'test', role: 'system' },
    ...options,
  })
}

/** All that an import can change, to compare before and after. */
export async function registryState(database: Database): Promise<unknown> {
  const { rows } = await database.pool.query(
    `select (select json_agg(o order by credit_code) from organisation o) as organisations,
       (select json_agg(v order by organisation_id, version) from organisation_version v) as versions,
       (select json_agg(s order by id) from source s) as sources,
       (select count(*)::int from organisation_search_due) as due`,
  )
  return rows[0]
}

/** Empties the registry, which only the owner of the database can. */
export async function emptyRegistry(database: TestDatabase): Promise<void> {
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    await client.query(`set search_path to ${citySchema(city.code)}, millrace`)
    await client.query(
      `truncate organisation, organisation_version, organisation_search, organisation_search_due, source,
         credit_code_override cascade`,
    )
  } finally {
    await client.end()
  }
}
