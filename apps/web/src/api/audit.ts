import type { Page, PageRequest } from '../components/data-table/columns.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'

export type AuditEvent = Json<'/api/v1/audit'>['items'][number]

const LIMIT_MAX = 200

export async function listAudit({ q, cursor, limit }: PageRequest): Promise<Page<AuditEvent>> {
  const query = {
    limit: Math.min(limit, LIMIT_MAX),
    ...(cursor === undefined ? {} : { cursor }),
    ...(q === '' ? {} : { action: q }),
  }
  const { items, next } = await answerOf(api.GET('/api/v1/audit', { params: { query } }))
  return { rows: items, next }
}
