import { type DecisionTable, type Model, type Prepared, prepare, readModel } from '@millrace/dmn'
import { sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import { Manifest } from './manifest.ts'
import { unknownPolicy } from './parameters.ts'

/** A version of a policy, read and ready to run. */
export interface PolicyVersion {
  readonly id: string
  readonly policy: string
  readonly version: number
  readonly title: string
  readonly effectiveFrom: PlainDate
  readonly model: Model
  readonly manifest: Manifest
  readonly conditions: DecisionTable
  readonly compliance: DecisionTable
  readonly amount: Prepared
  readonly answerConditions: Prepared
  readonly answerCompliance: Prepared
}

/** Versions never change once recorded, so that what was read once is good for the life of the process. */
const known = new Map<string, PolicyVersion>()

/**
 * The version of a policy in force on a day: the newest of those that have taken effect.
 *
 * @throws DomainError `policy.unknown`
 */
export async function getPolicyInForce(db: Db, policy: string, day: PlainDate): Promise<PolicyVersion> {
  const row = await db
    .selectFrom('policy_version')
    .select('id')
    .where('policy', '=', policy)
    .where('effective_from', '<=', day)
    .where(where => where.or([where('effective_to', 'is', null), where('effective_to', '>', day)]))
    .orderBy('effective_from', 'desc')
    .orderBy('version', 'desc')
    .executeTakeFirst()
  if (!row) throw unknownPolicy(policy)
  return getPolicyVersion(db, row.id)
}

/**
 * The policy that decides on a kind of subject.
 *
 * @throws DomainError `policy.unknown` when the city has none
 */
export async function getPolicyOfSubject(db: Db, subject: string): Promise<string> {
  const { rows } = await sql<{ policy: string }>`
    select policy from policy_version where manifest ->> 'subject' = ${subject}
    order by effective_from desc, version desc limit 1`.execute(db)
  const [row] = rows
  if (!row) throw unknownPolicy(subject)
  return row.policy
}

/** @throws DomainError `policy.unknown` */
export async function getPolicyVersion(db: Db, id: string): Promise<PolicyVersion> {
  const before = known.get(id)
  if (before) return before
  const row = await db.selectFrom('policy_version').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw unknownPolicy(id)
  const manifest = Manifest.parse(row.manifest)
  const model = readModel(row.model_xml, { file: row.model_file })
  const { conditions, compliance, amount } = manifest.decisions
  const version: PolicyVersion = {
    id,
    policy: row.policy,
    version: row.version,
    title: row.title,
    effectiveFrom: row.effective_from,
    model,
    manifest,
    conditions: tableOf(model, conditions),
    compliance: tableOf(model, compliance),
    amount: prepare(model, amount),
    answerConditions: prepare(model, conditions),
    answerCompliance: prepare(model, compliance),
  }
  known.set(id, version)
  return version
}

function tableOf(model: Model, decision: string): DecisionTable {
  const logic = model.decisions.find(({ name }) => name === decision)?.logic
  if (logic?.kind !== 'table') throw new Error(`${model.file}: ${decision} must be a decision table`)
  return logic
}
