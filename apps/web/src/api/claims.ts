import { queryOptions } from '@tanstack/react-query'
import type { Page, PageRequest } from '../components/data-table/columns.ts'
import { ANSWERS } from '../ui/answers.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'
import { oneOf, paging } from './list-query.ts'

export type Claim = Json<'/api/v1/claims/{id}'>
export type Explanation = Json<'/api/v1/claims/{id}/explanation'>

export async function listClaims({ filters, ...request }: PageRequest): Promise<Page<Claim>> {
  const answer = oneOf(ANSWERS, filters.answer)
  const query = {
    ...paging(request),
    ...(answer ? { answer } : {}),
    ...(filters.quarter ? { quarter: filters.quarter } : {}),
    ...(filters.bank_code ? { bank_code: filters.bank_code } : {}),
    ...(filters.credit_code ? { credit_code: filters.credit_code } : {}),
    ...(filters.withheld === 'true' ? { withheld: 'true' } : {}),
    ...(filters.batch_id ? { batch_id: filters.batch_id } : {}),
  }
  const { items, next } = await answerOf(api.GET('/api/v1/claims', { params: { query } }))
  return { rows: items, next }
}

export const claimQuery = (id: string) =>
  queryOptions({
    queryKey: ['claim', id],
    queryFn: () => answerOf(api.GET('/api/v1/claims/{id}', { params: { path: { id } } })),
  })

export const explanationQuery = (id: string) =>
  queryOptions({
    queryKey: ['claim', id, 'explanation'],
    queryFn: () => answerOf(api.GET('/api/v1/claims/{id}/explanation', { params: { path: { id } } })),
  })
