import { z } from 'zod'
import { inTransaction } from '../platform/db/index.ts'
import { type App, notFound, route } from '../platform/http/index.ts'
import { FACTS } from './facts.ts'
import { findOrganisations } from './find-organisations.ts'
import { findOrganisation } from './get-organisation.ts'
import { importOrganisations } from './import-organisations.ts'
import { importRoutes } from './import-routes.ts'
import { overrideCreditCode } from './override-credit-code.ts'
import { normaliseCreditCode } from './rules/credit-code.ts'
import { STATUSES } from './rules/status.ts'

const OrganisationLine = z.object({
  id: z.uuid(),
  credit_code: z.string(),
  code_check: z.string(),
  name: z.string(),
  kind: z.string().nullable(),
  status: z.string().nullable(),
  established_on: z.string().nullable(),
  capital: z.string().nullable(),
  capital_currency: z.string().nullable(),
  town_code: z.string().nullable(),
  town_name: z.string().nullable(),
  industry_code: z.string().nullable(),
  size_class: z.string().nullable(),
})

const Source = z
  .object({ name: z.string(), kind: z.string(), as_of: z.string(), recorded_at: z.iso.datetime() })
  .nullable()
const FactName = z.enum(FACTS)
const FactValue = z.union([z.string(), z.boolean()]).nullable()

const OrganisationPageData = z.object({
  id: z.uuid(),
  credit_code: z.string(),
  code_check: z.string(),
  town_name: z.string().nullable(),
  override: z.object({ reason: z.string(), evidence: z.string(), recorded_at: z.iso.datetime() }).nullable(),
  facts: z.array(z.object({ fact: FactName, value: FactValue, source: Source })),
  history: z.array(
    z.object({
      version: z.number().int(),
      recorded_at: z.iso.datetime(),
      source: Source,
      changes: z.array(z.object({ fact: FactName, from: FactValue, to: FactValue })),
    }),
  ),
})

const organisation = { zh: '单位', en: 'organisation' }

/** The registry over HTTP: lists, one organisation with its sources, imports, overrides, towns. */
export function registryRoutes(app: App): void {
  importRoutes(app, {
    kind: 'organisations',
    url: '/api/v1/organisation-imports',
    permission: 'organisation.import',
    of: 'organisations',
    importFile: importOrganisations,
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/organisations',
    permission: 'organisation.read',
    summary: 'Organisations by name (any part, or several words), code or filter',
    query: z.object({
      q: z.string().max(100).optional(),
      town: z
        .string()
        .regex(/^(\d{9}|none)$/)
        .optional(),
      status: z.enum(STATUSES).optional(),
      industry: z
        .string()
        .regex(/^\d{2,4}$/)
        .optional(),
      size_class: z.enum(['large', 'medium', 'small', 'micro']).optional(),
      cursor: z.string().max(300).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({
      items: z.array(OrganisationLine),
      next: z.string().nullable(),
      total: z.number().int().describe('at most 10,000: more are not counted'),
      by: z.enum(['text', 'words', 'code', 'all']).describe('how the text was looked for'),
    }),
    handler: async ({ query, scope, database }) => {
      const { q, town, status, industry, size_class, cursor, limit } = query
      return findOrganisations(database.db, {
        scope,
        limit,
        ...(q === undefined ? {} : { text: q }),
        ...(cursor === undefined ? {} : { cursor }),
        filter: {
          ...(town === 'none' ? { town } : town === undefined ? {} : { townCode: town }),
          ...(status === undefined ? {} : { status }),
          ...(industry === undefined ? {} : { industry }),
          ...(size_class === undefined ? {} : { sizeClass: size_class }),
        },
      })
    },
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/organisations/:credit_code',
    permission: 'organisation.read',
    summary: 'One organisation: each fact with its source and as-of date, and its history',
    params: z.object({ credit_code: z.string().max(40) }),
    response: OrganisationPageData,
    handler: async ({ params, scope, database }) => {
      const found = await findOrganisation(database.db, normaliseCreditCode(params.credit_code), scope)
      if (!found) throw notFound(organisation, params.credit_code)
      const source = (of: (typeof found.facts)[number]['source']) =>
        of === null ? null : { ...of, recorded_at: of.recorded_at.toISOString() }
      const { override } = found
      return {
        ...found,
        override: override && { ...override, recorded_at: override.recorded_at.toISOString() },
        facts: found.facts.map(fact => ({ ...fact, source: source(fact.source) })),
        history: found.history.map(version => ({
          ...version,
          recorded_at: version.recorded_at.toISOString(),
          source: source(version.source),
          changes: [...version.changes],
        })),
      }
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/credit-code-overrides',
    permission: 'organisation.override-code',
    summary: 'Accepts a code whose check digit is wrong, with the evidence that it is real',
    body: z.strictObject({
      credit_code: z.string().min(1).max(40),
      reason: z.string().trim().min(4).max(1000),
      evidence: z.string().trim().min(4).max(1000),
    }),
    response: z.object({ credit_code: z.string() }),
    change: {},
    handler: async ({ body, actor, database }) => {
      const { reason, evidence } = body
      const credit_code = await inTransaction(database.db, tx =>
        overrideCreditCode(tx, { creditCode: body.credit_code, reason, evidence, actor }),
      )
      return { credit_code }
    },
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/towns',
    permission: 'signed-in',
    summary: 'Towns in force and retired ones with what they became',
    response: z.object({
      items: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          valid_from: z.string().nullable(),
          valid_to: z.string().nullable(),
          successor_code: z.string().nullable(),
        }),
      ),
    }),
    handler: async ({ database }) => ({
      items: await database.db
        .selectFrom('town')
        .select(['code', 'name', 'valid_from', 'valid_to', 'successor_code'])
        .orderBy('code')
        .execute(),
    }),
  })
}
