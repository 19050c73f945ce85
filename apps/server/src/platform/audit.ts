import type { PlainDate } from './dates.ts'
import type { Tx } from './db/index.ts'
import { newId } from './ids.ts'
import type { Actor } from './permissions.ts'

/** What acts when nobody does: a job, the command line. */
export interface SystemActor {
  readonly name: string
  readonly role: 'system'
}

export interface AuditEvent {
  readonly actor: Actor | SystemActor
  readonly businessDate: PlainDate
  /** Subject and verb: `batch.approved`. */
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>
}

/** Records who did what, in the transaction of the change: a change that is rolled back leaves no trace of itself. */
export async function recordAudit(tx: Tx, event: AuditEvent): Promise<void> {
  await tx
    .insertInto('audit_event')
    .values({
      id: newId(),
      business_date: event.businessDate,
      actor: actorName(event.actor),
      actor_role: event.actor.role,
      action: event.action,
      subject_kind: event.subjectKind,
      subject_id: event.subjectId,
      detail: JSON.stringify(event.detail ?? {}),
    })
    .execute()
}

/** How an actor is named in a record: the account's id for people, the name of the job for the system. */
export function actorName(actor: Actor | SystemActor): string {
  return actor.role === 'system' ? actor.name : actor.id
}
