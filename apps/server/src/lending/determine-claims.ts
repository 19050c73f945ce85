import { sql } from 'kysely'
import { businessDate } from '../platform/clock.ts'
import type { PlainDate } from '../platform/dates.ts'
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts'
import { newId } from '../platform/ids.ts'
import { type Fen, parseYuan } from '../platform/money.ts'
import {
  findSetting,
  getPolicyOfSubject,
  getRuleEpochs,
  type RuleEpoch,
  subjectQuery,
} from '../policy/index.ts'
import { checkSample } from './check-sample.ts'
import { computeInterest, withinEpoch } from './compute-interest.ts'
import * as results from './determination-results.sql.ts'
import { linkLoans } from './filings/link-loans.sql.ts'
import { LOAN_PERIOD_FACTS } from './subject-columns.ts'
import * as facts from './subject-facts.sql.ts'

/** What the interest-subsidy policy decides on: a manifest names it as its subject. */
const SUBJECT_KIND = 'loan_period'

export interface DeterminationSummary {
  /** Loan periods whose facts were looked at. */
  readonly subjects: number
  /** Claims that are new or whose determination changed. */
  readonly changed: number
}

/** Before the yearly cap, and with it. */
const SUBJECT = { table: 'run_subject', columns: LOAN_PERIOD_FACTS }
const CASE = { table: 'run_case', columns: LOAN_PERIOD_FACTS }
/** More than any programme has: a policy without a yearly cap. */
const UNLIMITED_YUAN = '999999999999.99'
const LOCK = 'lending.determine-claims'
/**
 * Enterprises share nothing that a claim is decided from, so that a run is two transactions beside each other, each
 * with its own share of them: as many as the smallest machine has cores.
 */
const PARTS = 2

/**
 * Lets the rules decide on every loan period in which something changed since the last run. Claims arise here, by
 * themselves; nobody applies. One run at a time; only changes are written.
 */
export async function determineClaims(db: Db): Promise<DeterminationSummary> {
  await facts.noteArrears().execute(db)
  await linkLoans.execute(db)
  const summaries = await Promise.all(
    Array.from({ length: PARTS }, (_, part) => determinePart(db, { part, parts: PARTS })),
  )
  return {
    subjects: summaries.reduce((sum, { subjects }) => sum + subjects, 0),
    changed: summaries.reduce((sum, { changed }) => sum + changed, 0),
  }
}

async function determinePart(db: Db, part: facts.Part): Promise<DeterminationSummary> {
  return inTransaction(db, async tx => {
    await facts.settings.execute(tx)
    await sql`select pg_advisory_xact_lock(hashtext(current_schema() || ${LOCK}), ${part.part})`.execute(tx)
    await facts.takeNotes(part).execute(tx)
    await facts.analyse('run_year', 'organisation_id').execute(tx)
    await facts.selectPeriods().execute(tx)
    const [found] = (await facts.measurePeriods.execute(tx)).rows
    if (!found?.first || !found.last) return { subjects: 0, changed: 0 }
    const { count, first, last } = found
    await facts.settingsFor(count).execute(tx)

    const asOf = await businessDate(tx)
    const allEpochs = await interestSubsidyEpochs(tx)
    const epochs = allEpochs.filter(({ from, to }) => from <= last && (to === null || first < to))
    const toleranceFen = tolerance(allEpochs)
    await gather(tx, epochs, asOf, toleranceFen)
    await useUpTheYear(tx, epochs, asOf)
    const changed = await decide(tx, epochs, asOf)
    await results.openDiscrepancies(toleranceFen, asOf).execute(tx)
    await results.closeDiscrepancies(asOf).execute(tx)
    // Last, because the sums that these keep are shared with the run beside this one until it commits.
    await results.moveClaims.execute(tx)
    await results.updateClaims.execute(tx)
    await results.insertClaims.execute(tx)
    return { subjects: count, changed }
  })
}

/** The rules of the city's interest subsidy over time. */
export async function interestSubsidyEpochs(db: Db): Promise<RuleEpoch[]> {
  return getRuleEpochs(db, await getPolicyOfSubject(db, SUBJECT_KIND))
}

async function gather(
  tx: Tx,
  epochs: readonly RuleEpoch[],
  asOf: PlainDate,
  toleranceFen: Fen,
): Promise<void> {
  await facts.analyse('run_period', 'loan_id', 'organisation_id').execute(tx)
  await facts.gatherLoans().execute(tx)
  await facts.gatherOrganisations().execute(tx)
  await facts.gatherFilings().execute(tx)
  await facts.gatherSettlements().execute(tx)
  await facts.analyse('run_loan', 'loan_id', 'filing_id').execute(tx)
  await facts.analyse('run_organisation', 'organisation_id').execute(tx)
  await facts.analyse('run_filing', 'id').execute(tx)
  await facts.analyse('run_settlement', 'n').execute(tx)
  await facts.gatherFacts().execute(tx)
  await facts.createInterest().execute(tx)
  for (const epoch of epochs) await computeInterest(tx, epoch, asOf)
  await facts.analyse('run_interest', 'n').execute(tx)
  await facts.compareInterest(toleranceFen).execute(tx)
  await facts.addInterest.execute(tx)
}

/**
 * What the cap of the calendar year still leaves: the claims of an enterprise use it up in the order in which their
 * interest was settled. A suspended claim keeps its place, so that nothing paid after it has to be taken back when
 * it is cured.
 */
async function useUpTheYear(tx: Tx, epochs: readonly RuleEpoch[], asOf: PlainDate): Promise<void> {
  await results.createDemands.execute(tx)
  for (const epoch of epochs) {
    const query = subjectQuery(epoch, SUBJECT, 'before_cap', asOf)
    const cap = parseYuan(findSetting(epoch, 'yearly_cap') ?? UNLIMITED_YUAN)
    await results.addDemands(query, cap, withinEpoch(epoch)).execute(tx)
  }
  await results.useUpCap.execute(tx)
  await results.addCap.execute(tx)
}

/** @returns the number of claims that are new or changed */
async function decide(tx: Tx, epochs: readonly RuleEpoch[], asOf: PlainDate): Promise<number> {
  await results.createResults.execute(tx)
  let changed = 0
  for (const epoch of epochs) {
    const run = newId()
    const query = subjectQuery(epoch, CASE, 'amount', asOf)
    const added = await results.addResults(query, run, withinEpoch(epoch)).execute(tx)
    if (added.numAffectedRows === 0n) continue
    const sample = await checkSample(tx, epoch, run, asOf)
    const { numAffectedRows: fresh = 0n } = await results.keepChanged(run).execute(tx)
    await tx
      .insertInto('determination_run')
      .values({
        id: run,
        policy_version_id: epoch.version.id,
        as_of: asOf,
        parameters: JSON.stringify(epoch.parameters),
        subject_count: Number(added.numAffectedRows ?? 0n),
        sample_count: sample,
        sample_disagreements: 0,
      })
      .execute()
    changed += Number(added.numAffectedRows ?? 0n) - Number(fresh)
  }
  await results.recordDeterminations.execute(tx)
  return changed
}

/** The tolerance is a setting of the newest epoch: it compares figures, it decides no amount. */
function tolerance(epochs: readonly RuleEpoch[]): Fen {
  const newest = epochs.at(-1)
  return parseYuan((newest && findSetting(newest, 'interest_tolerance')) ?? '0')
}
