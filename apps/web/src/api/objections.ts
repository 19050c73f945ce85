import { queryOptions } from '@tanstack/react-query'
import { onVersion } from './change.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'

export type Objection = Json<'/api/v1/batches/{id}/objections'>['items'][number]

export const objectionsQuery = (batchId: string) =>
  queryOptions({
    queryKey: ['batch', batchId, 'objections'],
    queryFn: () =>
      answerOf(api.GET('/api/v1/batches/{id}/objections', { params: { path: { id: batchId } } })),
  })

export const DECISIONS = ['rejected', 'redetermine', 'withhold'] as const
export type Decision = (typeof DECISIONS)[number]

export async function decideObjection(
  { id, etag }: Objection,
  decision: Decision,
  reason: string,
  key: string,
): Promise<void> {
  const body =
    decision === 'rejected'
      ? { kind: 'rejected' as const, reason }
      : { kind: 'upheld' as const, outcome: decision, reason }
  const params = { path: { id }, header: onVersion(key, etag) }
  await answerOf(api.POST('/api/v1/objections/{id}/decide', { params, body }))
}

export async function releaseWithheld({ id, etag }: Objection, reason: string, key: string): Promise<void> {
  const params = { path: { id }, header: onVersion(key, etag) }
  await answerOf(api.POST('/api/v1/objections/{id}/release', { params, body: { reason } }))
}
