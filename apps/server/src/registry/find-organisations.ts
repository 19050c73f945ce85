import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import type { Scope } from '../platform/permissions.ts'
import { chineseWords } from './chinese-words.ts'
import {
  HITS_MAX,
  matching,
  nameHits,
  type OrganisationFilter,
  withinScope,
} from './find-organisations.sql.ts'
import { foldName } from './name-pairs.ts'
import { normaliseCreditCode } from './rules/credit-code.ts'

/** An organisation as a list shows it. */
export interface OrganisationLine {
  readonly id: string
  readonly credit_code: string
  readonly code_check: string
  readonly name: string
  readonly kind: string | null
  readonly status: string | null
  readonly established_on: string | null
  /** Decimal, in units of the currency. */
  readonly capital: string | null
  readonly capital_currency: string | null
  readonly town_code: string | null
  readonly town_name: string | null
  readonly industry_code: string | null
  readonly size_class: string | null
}

export interface OrganisationPage {
  readonly items: OrganisationLine[]
  /** Where the next page begins; null at the end. */
  readonly next: string | null
  /** At most 10,000: more are not counted. */
  readonly total: number
  /** How a text was looked for: as it stands, by its words, or as the beginning of a code. */
  readonly by: 'text' | 'words' | 'code' | 'all'
}

export interface FindOrganisationsOptions {
  readonly scope: Scope
  /** Part of a name, several parts with spaces between them, or the beginning of a credit code. */
  readonly text?: string
  readonly filter?: OrganisationFilter
  readonly cursor?: string
  /** Lines of a page, at most 200. */
  readonly limit: number
}

const CODE_PREFIX = /^[1-9ANY][1-9][0-9A-Z]{2,16}$/

/**
 * Lists organisations: by code, or for a text the best names first (the name itself, names that begin with it,
 * names that hold it; shorter names before longer ones). A text that no name holds as it stands is cut into words,
 * and names that hold all of them are listed.
 *
 * @throws DomainError `cursor.malformed`
 */
export async function findOrganisations(
  db: Db,
  options: FindOrganisationsOptions,
): Promise<OrganisationPage> {
  const text = options.text?.trim() ?? ''
  const code = normaliseCreditCode(text)
  if (CODE_PREFIX.test(code)) {
    return listByCode(db, { ...options, filter: { ...options.filter, codePrefix: code } }, 'code')
  }
  const parts = text
    .split(/\s+/)
    .map(foldName)
    .filter(part => part !== '')
  if (parts.length === 0) return listByCode(db, options, 'all')
  const cursor = readCursor(options.cursor)
  if (cursor?.by !== 'words') {
    const page = await listByName(db, options, parts, 'text', cursor)
    if (page.total > 0) return page
  }
  const words = chineseWords(foldName(text))
  return listByName(db, options, words.length > 0 ? words : parts, 'words', cursor)
}

const LINE = sql`
  o.id, o.credit_code, o.code_check, o.name, o.kind, o.status, o.established_on, trim_scale(o.capital)::text as capital,
  o.capital_currency, o.town_code, t.name as town_name, o.industry_code, o.size_class`

async function listByCode(
  db: Db,
  { scope, filter = {}, cursor, limit }: FindOrganisationsOptions,
  by: 'code' | 'all',
): Promise<OrganisationPage> {
  const where = sql`${withinScope(scope)} and ${matching(filter)}`
  const after = readCursor(cursor)?.code ?? ''
  const { rows } = await sql<OrganisationLine>`
    select ${LINE} from organisation o left join town t on t.code = o.town_code
    where ${where} and o.credit_code > ${after}
    order by o.credit_code limit ${limit + 1}`.execute(db)
  const counted = await sql<{ total: bigint }>`
    select count(*) as total from (select from organisation o where ${where} limit ${HITS_MAX}) counted`.execute(
    db,
  )
  return page(rows, limit, Number(counted.rows[0]?.total ?? 0), by, line => ({ by, code: line.credit_code }))
}

type NameLine = OrganisationLine & {
  readonly rank: number
  readonly name_length: number
  readonly total: bigint
}

async function listByName(
  db: Db,
  { scope, filter = {}, limit }: FindOrganisationsOptions,
  parts: readonly string[],
  by: 'text' | 'words',
  cursor: Cursor | undefined,
): Promise<OrganisationPage> {
  const after =
    cursor?.rank === undefined
      ? sql`true`
      : sql`(rank, name_length, credit_code) > (${cursor.rank}, ${cursor.length ?? 0}, ${cursor.code})`
  const { rows } = await sql<NameLine>`
    with hit as (
      select h.organisation_id, h.rank, h.name_length, o.credit_code
      from (${nameHits(parts, parts.join(''))}) h join organisation o on o.id = h.organisation_id
      where ${withinScope(scope)} and ${matching(filter)}
      limit ${HITS_MAX}
    ), page as (
      select * from hit where ${after} order by rank, name_length, credit_code limit ${limit + 1}
    )
    select ${LINE}, p.rank, p.name_length, (select count(*) from hit) as total
    from page p join organisation o on o.id = p.organisation_id left join town t on t.code = o.town_code
    order by p.rank, p.name_length, p.credit_code`.execute(db)
  const lines = rows.map(({ rank, name_length, total, ...line }) => ({ line, rank, length: name_length }))
  const order = new Map(lines.map(({ line, rank, length }) => [line.id, { rank, length }]))
  return page(
    lines.map(({ line }) => line),
    limit,
    Number(rows[0]?.total ?? 0),
    by,
    line => ({ by, code: line.credit_code, ...order.get(line.id) }),
  )
}

interface Cursor {
  readonly by: OrganisationPage['by']
  readonly code: string
  readonly rank?: number
  readonly length?: number
}

function page(
  lines: readonly OrganisationLine[],
  limit: number,
  total: number,
  by: OrganisationPage['by'],
  cursorOf: (line: OrganisationLine) => Cursor,
): OrganisationPage {
  const items = lines.slice(0, limit)
  const last = items.at(-1)
  const more = lines.length > limit && last !== undefined
  return { items, total, by, next: more ? writeCursor(cursorOf(last)) : null }
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.by, cursor.code, cursor.rank, cursor.length])).toString(
    'base64url',
  )
}

function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined || text === '') return undefined
  try {
    const [by, code, rank, length]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString())
    if ((by === 'text' || by === 'words' || by === 'code' || by === 'all') && typeof code === 'string') {
      const ranked = typeof rank === 'number' && typeof length === 'number'
      return ranked ? { by, code, rank, length } : { by, code }
    }
  } catch {
    // Not a cursor of ours; said below.
  }
  throw new DomainError({
    code: 'cursor.malformed',
    status: 400,
    value: text,
    where: 'cursor',
    zh: '翻页标记无效：请从第一页重新查询。',
    en: 'The cursor is not one of ours: start again from the first page.',
  })
}
