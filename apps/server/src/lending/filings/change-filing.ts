import { sql } from 'kysely'
import { actorName, recordAudit } from '../../platform/audit.ts'
import { businessDate } from '../../platform/clock.ts'
import type { PlainDate } from '../../platform/dates.ts'
import type { Tx } from '../../platform/db/index.ts'
import { notFound } from '../../platform/http/index.ts'
import type { Actor } from '../../platform/permissions.ts'
import { changedFacts, type FilingFact, type FilingFacts, filingNoun } from './filing.ts'
import {
  alreadyWithdrawn,
  dayAhead,
  laterKnown,
  nothingChanged,
  requireSoundFiling,
} from './filing-problems.ts'
import { type FilingOnFile, lockFiling, requireTown } from './known-filings.ts'
import { recordSources, restateFilings } from './state-filings.ts'

export interface FilingChange {
  readonly id: string
  /** What is so now: all of it, null being "not known". */
  readonly facts: FilingFacts
  /**
   * The day from which it is so. Null: what is on record was never right, and is corrected for all the days for
   * which it was said.
   */
  readonly holdsFrom: PlainDate | null
  readonly reason: string
  readonly actor: Actor
}

/**
 * Records that a project has changed, or that its record was wrong.
 *
 * @throws DomainError `not-found`, `filing.nothing-changed`, `filing.later-known`, `town.unknown`,
 *   `filing.day-ahead`, `filing.civil-works`, `filing.site`
 */
export async function changeFiling(tx: Tx, change: FilingChange): Promise<void> {
  const known = await getLocked(tx, change.id)
  const action = change.holdsFrom === null ? 'filing.corrected' : 'filing.changed'
  await restate(tx, known, change, action)
}

export type FilingWithdrawal = Omit<FilingChange, 'facts'>

/**
 * Takes a project off the file (撤销), from a day on or as if it had never been there. It is kept, with its history.
 *
 * @throws DomainError `not-found`, `filing.already-withdrawn`, `filing.later-known`, `filing.day-ahead`
 */
export async function withdrawFiling(tx: Tx, withdrawal: FilingWithdrawal): Promise<void> {
  const known = await getLocked(tx, withdrawal.id)
  if (known.state === 'revoked') throw alreadyWithdrawn(known.filing_number)
  await restate(tx, known, { ...withdrawal, facts: { ...known, state: 'revoked' } }, 'filing.withdrawn')
}

async function getLocked(tx: Tx, id: string): Promise<FilingOnFile> {
  const known = await lockFiling(tx, id)
  if (!known) throw notFound(filingNoun, id)
  return known
}

async function restate(
  tx: Tx,
  known: FilingOnFile,
  { id, facts, holdsFrom, reason, actor }: FilingChange,
  action: string,
): Promise<void> {
  const today = await businessDate(tx)
  const changed = changedFacts(known, facts)
  if (changed.length === 0) throw nothingChanged()
  requireSoundFiling(facts, today)
  if (facts.site_town_code !== known.site_town_code) await requireTown(tx, facts.site_town_code)
  if (holdsFrom !== null && holdsFrom > today) throw dayAhead('holds_from', holdsFrom, today)
  if (holdsFrom !== null && holdsFrom < known.latest_as_of) throw laterKnown(known.latest_as_of)

  const dayOf = holdsFrom === null ? await daysOfStatements(tx, id, known.filed_on) : () => holdsFrom
  const days = [...new Set(changed.map(dayOf))].sort()
  const source = { name: actor.name, recordedBy: actorName(actor), reason }
  const sources = await recordSources(tx, days, source)
  // One statement for each day that is spoken of: its version says which facts it sets.
  let stated: FilingFacts = known
  for (const day of days) {
    const facts_of_day = changed.filter(fact => dayOf(fact) === day).map(fact => [fact, facts[fact]])
    stated = { ...stated, ...Object.fromEntries(facts_of_day) }
    await restateFilings(tx, [{ id, facts: stated, sourceId: sources.get(day) ?? '' }])
  }
  await recordAudit(tx, {
    actor,
    businessDate: today,
    action,
    subjectKind: 'filing',
    subjectId: id,
    detail: {
      filing_number: known.filing_number,
      changed: changed.join(', '),
      holds_from: holdsFrom,
      reason,
    },
  })
}

/** Of which day each fact was last stated: a correction speaks of that day again, and being later counts. */
async function daysOfStatements(
  tx: Tx,
  id: string,
  otherwise: PlainDate,
): Promise<(fact: FilingFact) => PlainDate> {
  const { rows } = await sql<{ fact: FilingFact | null; as_of: PlainDate }>`
    select changed.fact, max(s.as_of) as as_of
    from filing_version v
    join source s on s.id = v.source_id
    left join lateral unnest(v.changed) as changed (fact) on true
    where v.filing_id = ${id} group by changed.fact`.execute(tx)
  const days = new Map(rows.map(({ fact, as_of }) => [fact, as_of]))
  return fact => days.get(fact) ?? days.get(null) ?? otherwise
}
