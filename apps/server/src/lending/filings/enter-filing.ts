import { actorName, recordAudit } from '../../platform/audit.ts'
import { businessDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/index.ts'
import { newId } from '../../platform/ids.ts'
import type { Actor } from '../../platform/permissions.ts'
import { normaliseCreditCode } from '../../registry/index.ts'
import type { FilingFacts } from './filing.ts'
import { enterpriseUnknown, numberTaken, requireSoundFiling } from './filing-problems.ts'
import { findEnterprises, lockFilings, requireTown } from './known-filings.ts'
import { addFilings, recordSources } from './state-filings.ts'

export interface FilingEntry {
  readonly filingNumber: string
  readonly creditCode: string
  readonly facts: FilingFacts
  /** The document that the filing rests on. */
  readonly reason: string
  readonly actor: Actor
}

/**
 * Puts a project on file. It holds from the day it was filed, whenever it is entered.
 *
 * @returns its id
 * @throws DomainError `filing.number-taken`, `organisation.unknown`, `town.unknown`, `filing.day-ahead`,
 *   `filing.civil-works`, `filing.site`
 */
export async function enterFiling(tx: Tx, { filingNumber, facts, reason, actor, ...rest }: FilingEntry) {
  const today = await businessDate(tx)
  const creditCode = normaliseCreditCode(rest.creditCode)
  requireSoundFiling(facts, today)
  await requireTown(tx, facts.site_town_code)
  const organisationId = (await findEnterprises(tx, [creditCode])).get(creditCode)
  if (organisationId === undefined) throw enterpriseUnknown(rest.creditCode)
  if ((await lockFilings(tx, [filingNumber])).size > 0) throw numberTaken(filingNumber)
  const source = { name: actor.name, recordedBy: actorName(actor), reason }
  const sourceId = (await recordSources(tx, [facts.filed_on], source)).get(facts.filed_on) ?? ''
  const id = newId()
  await addFilings(tx, [{ id, filingNumber, organisationId, facts, sourceId }])
  await recordAudit(tx, {
    actor,
    businessDate: today,
    action: 'filing.entered',
    subjectKind: 'filing',
    subjectId: id,
    detail: { filing_number: filingNumber, reason },
  })
  return id
}
