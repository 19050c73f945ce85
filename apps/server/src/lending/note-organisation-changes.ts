import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import type { Task } from '../platform/jobs.ts'
import { ORGANISATIONS_CHANGED_JOB } from '../registry/index.ts'

/**
 * Notes for the next run all periods of the enterprises of which a source changed a fact that claims are decided
 * from or counted by. All, and not only those after the source's day: what was never stated before counts for
 * earlier days too. A run writes nothing where nothing follows from it. Bears repetition.
 */
export async function noteOrganisationChanges(db: Db, sourceId: string): Promise<void> {
  await sql`
    insert into period_to_determine
    select p.id, p.organisation_id, p.calendar_year
    from loan_period p
    where p.organisation_id in (
      select v.organisation_id from organisation_version v
      where v.source_id = ${sourceId} and v.version > 1
        and v.changed && array['status', 'dishonest', 'town_code'])`.execute(db)
}

/** Follows what the registry tells of its changes. */
export const noteOrganisationChangesTask: Task = {
  name: ORGANISATIONS_CHANGED_JOB,
  run: (payload, { database }) =>
    noteOrganisationChanges(database.db, (payload as { readonly source_id: string }).source_id),
}
