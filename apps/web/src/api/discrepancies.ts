import type { Page, PageRequest } from '../components/data-table/columns.ts'
import { once } from './change.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'
import { oneOf, paging } from './list-query.ts'

export type Discrepancy = Json<'/api/v1/discrepancies'>['items'][number]

export async function listDiscrepancies({ filters, ...request }: PageRequest): Promise<Page<Discrepancy>> {
  const open = oneOf(['true', 'false'] as const, filters.open)
  const query = { ...paging(request), ...(open ? { open } : {}) }
  const { items, next } = await answerOf(api.GET('/api/v1/discrepancies', { params: { query } }))
  return { rows: items, next }
}

/** Accepts all of them, or none where one is not as it was seen. */
export async function acceptDiscrepancies(
  rows: readonly Pick<Discrepancy, 'id' | 'etag'>[],
  reason: string,
  key: string,
): Promise<void> {
  const items = rows.map(({ id, etag }) => ({ id, etag }))
  const params = { header: once(key) }
  await answerOf(api.POST('/api/v1/discrepancies/accept', { params, body: { items, reason } }))
}
