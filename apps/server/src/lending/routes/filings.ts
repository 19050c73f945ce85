import { z } from 'zod'
import { inTransaction } from '../../platform/db/index.ts'
import { type App, plainText, route } from '../../platform/http/index.ts'
import { parseYuan } from '../../platform/money.ts'
import { importRoutes } from '../../registry/index.ts'
import { determineClaims } from '../determine-claims.ts'
import { changeFiling, withdrawFiling } from '../filings/change-filing.ts'
import { enterFiling } from '../filings/enter-filing.ts'
import { FILING_RECORD, FILING_STATES, type FilingFacts } from '../filings/filing.ts'
import { getFiling, SHOWN_AS } from '../filings/get-filing.ts'
import { importFilings } from '../filings/import-filings.ts'
import { FILING_CURSOR, listFilings } from '../filings/list-filings.ts'

const State = z.enum(FILING_STATES)
const Yuan = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/, 'yuan with at most two decimals')

const FilingLine = z.object({
  id: z.string(),
  etag: z.string(),
  filing_number: z.string(),
  credit_code: z.string(),
  enterprise_name: z.string(),
  project_name: z.string(),
  town_name: z.string().nullable(),
  site_in_city: z.boolean().nullable(),
  approval_number: z.string().nullable(),
  contract_signed_on: z.string().nullable(),
  verified_investment: z.string().nullable(),
  civil_works: z.string().nullable(),
  filed_on: z.string(),
  state: State,
  loans: z.number().int(),
})

const Source = z
  .object({
    name: z.string(),
    kind: z.string(),
    as_of: z.string().describe('the day from which what it states holds'),
    recorded_at: z.iso.datetime(),
    reason: z.string().nullable(),
  })
  .nullable()
const FactName = z.enum(Object.values(SHOWN_AS))
const FactValue = z.union([z.string(), z.boolean()]).nullable()

const FilingPage = FilingLine.omit({ loans: true }).extend({
  site_town_code: z.string().nullable(),
  sources: z.array(z.object({ fact: FactName, source: Source })),
  history: z.array(
    z.object({
      version: z.number().int(),
      recorded_at: z.iso.datetime(),
      source: Source,
      changes: z.array(z.object({ fact: FactName, from: FactValue, to: FactValue })),
    }),
  ),
  loans: z.array(
    z.object({
      loan_receipt: z.string(),
      bank_name: z.string(),
      granted_on: z.string(),
      principal: z.string(),
    }),
  ),
})

const Facts = z.strictObject({
  project_name: plainText(1, 300),
  approval_number: plainText(1, 200).nullable(),
  site_in_city: z.boolean().nullable(),
  site_town_code: z.string().max(20).nullable(),
  contract_signed_on: z.iso.date().nullable(),
  verified_investment: Yuan.nullable(),
  civil_works: Yuan.nullable(),
  filed_on: z.iso.date(),
  state: State,
})

const Reason = plainText(2, 1000).describe('the document or event that it rests on')
const HoldsFrom = z.iso
  .date()
  .nullable()
  .describe('the day from which it is so; null: what is on record was never right and is corrected')
const Id = z.object({ id: z.uuid() })
const OF_FILING = {
  record: { kind: FILING_RECORD, id: ({ params }: { params: { id: string } }) => params.id },
}

function factsOf({ verified_investment, civil_works, ...facts }: z.output<typeof Facts>): FilingFacts {
  return {
    ...facts,
    verified_investment_fen: verified_investment === null ? null : parseYuan(verified_investment),
    civil_works_fen: civil_works === null ? null : parseYuan(civil_works),
  }
}

/** Projects on file: by the file, one by one, with their history. What follows for claims follows at once. */
export function filingRoutes(app: App): void {
  const determine = () => determineClaims(app.database.db)

  importRoutes(app, {
    kind: 'filings',
    url: '/api/v1/filing-imports',
    permission: 'filing.import',
    of: 'filings',
    importFile: importFilings,
    change: { afterwards: determine },
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/filings',
    permission: 'filing.read',
    summary: 'Projects on file, the last one filed first',
    query: z.object({
      q: plainText(0, 100).optional().describe('a number, a credit code, or part of a name'),
      state: State.optional(),
      credit_code: z.string().max(40).optional(),
      cursor: z.string().regex(FILING_CURSOR).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    response: z.object({ items: z.array(FilingLine), next: z.string().nullable() }),
    handler: ({ database, scope, query: { q, state, credit_code, cursor, limit } }) =>
      listFilings(database.db, scope, {
        text: q || undefined,
        state,
        creditCode: credit_code,
        after: cursor,
        limit,
      }),
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/filings/:id',
    permission: 'filing.read',
    summary: 'One project on file: each fact with its source, its history, and the loans reported for it',
    params: Id,
    response: FilingPage,
    handler: ({ database, params, scope }) => getFiling(database.db, params.id, scope),
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/filings',
    permission: 'filing.change',
    summary: 'Put a project on file; it holds from the day it was filed',
    body: Facts.omit({ state: true }).extend({
      filing_number: plainText(1, 64),
      credit_code: z.string().min(1).max(40),
      reason: Reason,
    }),
    response: z.object({ id: z.string() }),
    change: {},
    handler: async ({ database, body, actor, afterwards }) => {
      const { filing_number: filingNumber, credit_code: creditCode, reason, ...rest } = body
      const facts = factsOf({ ...rest, state: 'in_force' })
      const id = await inTransaction(database.db, tx =>
        enterFiling(tx, { filingNumber, creditCode, facts, reason, actor }),
      )
      afterwards(determine)
      return { id }
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/filings/:id/change',
    permission: 'filing.change',
    summary: 'Record that a project has changed from a day on, or correct its record',
    params: Id,
    body: Facts.extend({ holds_from: HoldsFrom, reason: Reason }),
    response: z.object({}),
    change: OF_FILING,
    handler: async ({ database, params, body, actor, afterwards }) => {
      const { holds_from: holdsFrom, reason, ...facts } = body
      await inTransaction(database.db, tx =>
        changeFiling(tx, { id: params.id, facts: factsOf(facts), holdsFrom, reason, actor }),
      )
      afterwards(determine)
      return {}
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/filings/:id/withdraw',
    permission: 'filing.change',
    summary: 'Take a project off the file from a day on, or as if it had never been there',
    params: Id,
    body: z.strictObject({ holds_from: HoldsFrom, reason: Reason }),
    response: z.object({}),
    change: OF_FILING,
    handler: async ({ database, params, body, actor, afterwards }) => {
      const { holds_from: holdsFrom, reason } = body
      await inTransaction(database.db, tx => withdrawFiling(tx, { id: params.id, holdsFrom, reason, actor }))
      afterwards(determine)
      return {}
    },
  })
}
