import { queryOptions } from '@tanstack/react-query'
import type { Page, PageRequest } from '../components/data-table/columns.ts'
import { once, onVersion } from './change.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'
import { oneOf, paging } from './list-query.ts'
import type { paths } from './schema.generated.ts'

export type Batch = Json<'/api/v1/batches/{id}'>
export type BatchSummary = Json<'/api/v1/batches'>['items'][number]
export type BatchState = BatchSummary['state']
export type BatchLine = Batch['exceptions'][number]

export const BATCH_STATES = [
  'draft',
  'submitted',
  'returned',
  'approved',
  'ordered',
  'closed',
] as const satisfies readonly BatchState[]

export async function listBatches({ filters, ...request }: PageRequest): Promise<Page<BatchSummary>> {
  const state = oneOf(BATCH_STATES, filters.state)
  return pageOf({ ...paging(request), ...(state ? { state } : {}) })
}

/** What finance can order from the treasury, and what is on its way. */
export async function listBatchesInPayment(request: PageRequest): Promise<Page<BatchSummary>> {
  return pageOf({ ...paging(request), in_payment: 'true' })
}

type BatchQuery = NonNullable<paths['/api/v1/batches']['get']['parameters']['query']>

async function pageOf(query: BatchQuery): Promise<Page<BatchSummary>> {
  const { items, next } = await answerOf(api.GET('/api/v1/batches', { params: { query } }))
  return { rows: items, next }
}

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: ['batch', id],
    queryFn: () => answerOf(api.GET('/api/v1/batches/{id}', { params: { path: { id } } })),
  })

export function prepareBatch(key: string): Promise<Batch> {
  return answerOf(api.POST('/api/v1/batches', { params: { header: once(key) } }))
}

export type BatchStep = 'refresh' | 'submit' | 'return' | 'approve' | 'order'

/**
 * @param batch as it was seen: another's change since is not overwritten
 * @param text a remark, or for a return its reason
 */
export async function takeStep(
  { id, etag }: Pick<Batch, 'id' | 'etag'>,
  step: BatchStep,
  text: string,
  key: string,
): Promise<void> {
  const params = { path: { id }, header: onVersion(key, etag) }
  switch (step) {
    case 'refresh':
      await answerOf(api.POST('/api/v1/batches/{id}/refresh', { params }))
      return
    case 'submit':
      await answerOf(api.POST('/api/v1/batches/{id}/submit', { params, body: { text } }))
      return
    case 'return':
      await answerOf(api.POST('/api/v1/batches/{id}/return', { params, body: { reason: text } }))
      return
    case 'approve':
      await answerOf(api.POST('/api/v1/batches/{id}/approve', { params, body: { text } }))
      return
    case 'order':
      await answerOf(api.POST('/api/v1/batches/{id}/order', { params }))
      return
    default:
      step satisfies never
  }
}

export type RemarkKind = 'note' | 'sample_checked'

export function addRemark(
  id: string,
  kind: RemarkKind,
  text: string,
  key: string,
  claimId?: string,
): Promise<Batch> {
  return answerOf(
    api.POST('/api/v1/batches/{id}/remarks', {
      params: { path: { id }, header: once(key) },
      body: { kind, text, ...(claimId === undefined ? {} : { claim_id: claimId }) },
    }),
  )
}
