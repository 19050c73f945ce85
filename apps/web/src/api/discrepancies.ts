import type { Page, PageRequest } from '../components/data-table/columns.ts'
import { once } from './change.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'

export type Discrepancy = Json<'/api/v1/discrepancies'>['items'][number]

/** They come in one answer; the search works on it. */
export async function listDiscrepancies({ q, filters }: PageRequest): Promise<Page<Discrepancy>> {
  const query =
    filters.open === 'true' || filters.open === 'false' ? { open: filters.open as 'true' | 'false' } : {}
  const { items } = await answerOf(api.GET('/api/v1/discrepancies', { params: { query } }))
  const words = q.toLowerCase()
  const rows = items.filter(item =>
    [item.enterprise_name, item.credit_code, item.loan_receipt].some(text =>
      text.toLowerCase().includes(words),
    ),
  )
  return { rows, next: null }
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
