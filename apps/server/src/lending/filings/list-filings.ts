import { sql } from 'kysely'
import type { PlainDate } from '../../platform/dates.ts'
import { type Db, rowVersion } from '../../platform/db/index.ts'
import { type Fen, formatYuan } from '../../platform/money.ts'
import type { Scope } from '../../platform/permissions.ts'
import { withinScope } from '../scope-filter.ts'
import type { FilingState } from './filing.ts'

export interface FilingFilter {
  /** A number, a credit code, or part of a project's or an enterprise's name. */
  readonly text?: string | undefined
  readonly state?: FilingState | undefined
  readonly creditCode?: string | undefined
  /** The `next` of the page before. */
  readonly after?: string | undefined
  readonly limit: number
}

interface FilingRow {
  readonly id: string
  readonly etag: string
  readonly filing_number: string
  readonly credit_code: string
  readonly enterprise_name: string
  readonly project_name: string
  readonly town_name: string | null
  readonly site_in_city: boolean | null
  readonly approval_number: string | null
  readonly contract_signed_on: PlainDate | null
  readonly verified_investment_fen: Fen | null
  readonly civil_works_fen: Fen | null
  readonly filed_on: PlainDate
  readonly state: FilingState
  readonly loans: number
}

/** There is no bank among those who read filings; its scope would reach none. */
const COLUMNS = { organisation: 'f.organisation_id', bank: 'f.filing_number', town: 'o.town_code' }

/** Projects on file, the last one filed first. */
export async function listFilings(db: Db, scope: Scope, filter: FilingFilter) {
  const { text, state, creditCode, after, limit } = filter
  const part = `%${(text ?? '').replaceAll(/[\\%_]/g, character => `\\${character}`)}%`
  const { rows } = await sql<FilingRow>`
    select f.id, ${rowVersion('f')} as etag, f.filing_number, o.credit_code, o.name as enterprise_name,
      f.project_name, t.name as town_name, f.site_in_city, f.approval_number, f.contract_signed_on,
      f.verified_investment_fen, f.civil_works_fen, f.filed_on, f.state,
      (select count(*)::integer from loan l where l.filing_id = f.id and l.reversed_by is null) as loans
    from filing f
    join organisation o on o.id = f.organisation_id
    left join town t on t.code = f.site_town_code
    where ${withinScope(scope, COLUMNS)}
      and ${state === undefined ? sql`true` : sql`f.state = ${state}`}
      and ${creditCode === undefined ? sql`true` : sql`o.credit_code = ${creditCode}`}
      and ${
        text === undefined
          ? sql`true`
          : sql`(f.filing_number ilike ${part} or o.credit_code = ${text.toUpperCase()} or f.project_name ilike ${part}
              or o.name ilike ${part} or f.approval_number = ${text})`
      }
      and ${after === undefined ? sql`true` : sql`(f.filed_on, f.id) < (${after.slice(0, 10)}::date, ${after.slice(11)}::uuid)`}
    order by f.filed_on desc, f.id desc limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ verified_investment_fen: investment, civil_works_fen: civilWorks, ...rest }) => ({
      ...rest,
      verified_investment: investment === null ? null : formatYuan(investment),
      civil_works: civilWorks === null ? null : formatYuan(civilWorks),
    })),
    next: rows.length > limit && last ? `${last.filed_on}.${last.id}` : null,
  }
}

export const FILING_CURSOR = /^\d{4}-\d{2}-\d{2}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
