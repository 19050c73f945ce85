import { queryOptions } from '@tanstack/react-query'
import type { Page, PageRequest } from '../components/data-table/columns.ts'
import { once } from './change.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'
import { oneOf, paging } from './list-query.ts'

export type OrganisationLine = Json<'/api/v1/organisations'>['items'][number]
export type Organisation = Json<'/api/v1/organisations/{credit_code}'>
export type Fact = Organisation['facts'][number]

export const SIZE_CLASSES = ['large', 'medium', 'small', 'micro'] as const
export const STATUSES = ['存续', '吊销', '注销', '撤销', '迁出', '停业'] as const

const LIMIT_MAX = 200

export async function listOrganisations({
  filters,
  ...request
}: PageRequest): Promise<Page<OrganisationLine>> {
  const status = oneOf(STATUSES, filters.status)
  const size = oneOf(SIZE_CLASSES, filters.size_class)
  const query = {
    ...paging({ ...request, limit: Math.min(request.limit, LIMIT_MAX) }),
    ...(filters.town ? { town: filters.town } : {}),
    ...(status ? { status } : {}),
    ...(size ? { size_class: size } : {}),
  }
  const { items, next } = await answerOf(api.GET('/api/v1/organisations', { params: { query } }))
  return { rows: items, next }
}

export const organisationQuery = (creditCode: string) =>
  queryOptions({
    queryKey: ['organisation', creditCode],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/organisations/{credit_code}', { params: { path: { credit_code: creditCode } } }),
      ),
  })

export const townsQuery = queryOptions({
  queryKey: ['towns'],
  queryFn: () => answerOf(api.GET('/api/v1/towns')),
  staleTime: Number.POSITIVE_INFINITY,
})

export async function overrideCreditCode(
  code: string,
  reason: string,
  evidence: string,
  key: string,
): Promise<void> {
  const params = { header: once(key) }
  const body = { credit_code: code, reason, evidence }
  await answerOf(api.POST('/api/v1/credit-code-overrides', { params, body }))
}
