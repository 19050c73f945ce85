import { z } from 'zod'
import { type App, route } from './route.ts'

const AuditEvent = z.object({
  id: z.string(),
  recorded_at: z.string(),
  business_date: z.string(),
  actor: z.string(),
  /** The account's name, where a person acted and the account still stands. */
  actor_name: z.string().nullable(),
  actor_role: z.string(),
  action: z.string(),
  subject_kind: z.string(),
  subject_id: z.string(),
  detail: z.record(z.string(), z.unknown()),
})

/** The audit trail, for auditors. */
export function auditRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/audit',
    permission: 'audit.read',
    summary: 'Who did what to what, newest first',
    query: z.object({
      cursor: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      action: z.string().max(100).optional(),
      subject_id: z.string().max(100).optional(),
    }),
    response: z.object({ items: z.array(AuditEvent), next: z.string().nullable() }),
    handler: async ({ database, query }) => {
      const { cursor, limit, action, subject_id } = query
      const rows = await database.db
        .selectFrom('audit_event as event')
        .leftJoin('user', 'user.id', 'event.actor')
        .select([
          'event.id',
          'event.recorded_at',
          'event.business_date',
          'event.actor',
          'user.name as actor_name',
          'event.actor_role',
          'event.action',
          'event.subject_kind',
          'event.subject_id',
          'event.detail',
        ])
        .$if(action !== undefined, select => select.where('event.action', '=', action ?? ''))
        .$if(subject_id !== undefined, select => select.where('event.subject_id', '=', subject_id ?? ''))
        .$if(cursor !== undefined, select =>
          select.where('event.seq', '<', inner =>
            inner
              .selectFrom('audit_event')
              .select('seq')
              .where('id', '=', cursor ?? ''),
          ),
        )
        .orderBy('event.seq', 'desc')
        .limit(limit + 1)
        .execute()
      const page = rows.slice(0, limit)
      return {
        items: page.map(({ recorded_at, detail, ...event }) => ({
          ...event,
          recorded_at: recorded_at.toISOString(),
          detail: detail as Record<string, unknown>,
        })),
        next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      }
    },
  })
}
