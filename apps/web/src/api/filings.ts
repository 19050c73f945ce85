import { queryOptions } from '@tanstack/react-query'
import type { Page, PageRequest } from '../components/data-table/columns.ts'
import { once, onVersion } from './change.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'
import { oneOf, paging } from './list-query.ts'

export type FilingLine = Json<'/api/v1/filings'>['items'][number]
export type Filing = Json<'/api/v1/filings/{id}'>
export type FilingFact = Filing['sources'][number]['fact']
export type FactSource = Filing['sources'][number]['source']
export type FilingState = FilingLine['state']

export const FILING_STATES = ['in_force', 'completed', 'revoked'] as const satisfies readonly FilingState[]

/** What a form says of a project; null: not known. */
export type FilingFacts = Pick<Filing, FilingFact>

export async function listFilings({ filters, ...request }: PageRequest): Promise<Page<FilingLine>> {
  const state = oneOf(FILING_STATES, filters.state)
  const query = { ...paging(request), ...(state ? { state } : {}) }
  const { items, next } = await answerOf(api.GET('/api/v1/filings', { params: { query } }))
  return { rows: items, next }
}

export const filingQuery = (id: string) =>
  queryOptions({
    queryKey: ['filing', id],
    queryFn: () => answerOf(api.GET('/api/v1/filings/{id}', { params: { path: { id } } })),
  })

interface Entry extends Omit<FilingFacts, 'state'> {
  readonly filing_number: string
  readonly credit_code: string
  readonly reason: string
}

export async function enterFiling(body: Entry, key: string): Promise<string> {
  const { id } = await answerOf(api.POST('/api/v1/filings', { params: { header: once(key) }, body }))
  return id
}

interface Statement {
  /** The day from which it is so; null: the record was never right. */
  readonly holds_from: string | null
  readonly reason: string
}

type Seen = Pick<Filing, 'id' | 'etag'>

export async function changeFiling({ id, etag }: Seen, body: FilingFacts & Statement, key: string) {
  const params = { path: { id }, header: onVersion(key, etag) }
  await answerOf(api.POST('/api/v1/filings/{id}/change', { params, body }))
}

export async function withdrawFiling({ id, etag }: Seen, body: Statement, key: string) {
  const params = { path: { id }, header: onVersion(key, etag) }
  await answerOf(api.POST('/api/v1/filings/{id}/withdraw', { params, body }))
}
