import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import { getParameterEpochs, type Parameters, unknownPolicy } from './parameters.ts'
import { getPolicyVersion, type PolicyVersion } from './policy-version.ts'

/** A stretch of days with one version of the rules and one set of parameters. */
export interface RuleEpoch {
  readonly from: PlainDate
  /** The first day of the next epoch; null: open. */
  readonly to: PlainDate | null
  readonly version: PolicyVersion
  readonly parameters: Parameters
}

/**
 * Divides time wherever the rules or a parameter of a policy change. The first version also covers the days before
 * it took effect: its own dates say that nothing is due for them.
 *
 * @throws DomainError `policy.unknown`
 */
export async function getRuleEpochs(db: Db, policy: string): Promise<RuleEpoch[]> {
  const rows = await db
    .selectFrom('policy_version')
    .select(['id', 'effective_from'])
    .where('policy', '=', policy)
    .orderBy('effective_from')
    .orderBy('version')
    .execute()
  const [first] = rows
  if (!first) throw unknownPolicy(policy)
  const parameterEpochs = await getParameterEpochs(db, policy)
  const starts = [
    ...new Set(
      [...parameterEpochs, ...rows.slice(1).map(row => ({ from: row.effective_from }))].map(
        ({ from }) => from,
      ),
    ),
  ].sort()
  const epochs: RuleEpoch[] = []
  for (const [index, from] of starts.entries()) {
    const row = rows.findLast(({ effective_from }) => effective_from <= from) ?? first
    epochs.push({
      from,
      to: starts[index + 1] ?? null,
      version: await getPolicyVersion(db, row.id),
      parameters: parameterEpochs.findLast(epoch => epoch.from <= from)?.values ?? {},
    })
  }
  return epochs
}

/**
 * A parameter that the platform itself reads, by the manifest's name for it.
 *
 * @returns undefined when the policy has no such setting
 */
export function findSetting({ version, parameters }: RuleEpoch, setting: string): string | undefined {
  const name = version.manifest.settings[setting]
  const value = name === undefined ? undefined : parameters[name]
  return typeof value === 'string' ? value : undefined
}
