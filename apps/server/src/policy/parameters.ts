import type { PlainDate } from '../platform/dates.ts'
import type { Db } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'

/** Values of a policy's parameters on a day, by name: decimals, dates and texts as text, as the rules take them. */
export type Parameters = Readonly<Record<string, string | boolean>>

/** A stretch of days during which no parameter changes. */
export interface ParameterEpoch {
  readonly from: PlainDate
  /** The first day of the next epoch; null: open. */
  readonly to: PlainDate | null
  readonly values: Parameters
}

interface DatedRecord {
  readonly name: string
  readonly type: string
  readonly value: string
  readonly effective_from: PlainDate
  readonly effective_to: PlainDate | null
}

const FIRST_DAY: PlainDate = '0001-01-01'

/**
 * Divides time wherever a parameter changes. Of two records in force on one day, the one that began later counts.
 * Before its first record a parameter has that record's value: a rule never lacks its threshold.
 */
export function parameterEpochs(records: readonly DatedRecord[]): ParameterEpoch[] {
  const days = records.flatMap(({ effective_from, effective_to }) => [
    effective_from,
    effective_to ?? FIRST_DAY,
  ])
  const starts = [...new Set([FIRST_DAY, ...days])].sort()
  const ordered = [...records].sort((a, b) => (a.effective_from < b.effective_from ? -1 : 1))
  return starts.map((from, index) => {
    const values: Record<string, string | boolean> = {}
    for (const record of ordered) {
      const inForce =
        record.effective_from <= from && (record.effective_to === null || from < record.effective_to)
      if (inForce || !(record.name in values)) values[record.name] = plainValue(record)
    }
    return { from, to: starts[index + 1] ?? null, values }
  })
}

function plainValue({ type, value }: DatedRecord): string | boolean {
  return type === 'boolean' ? value === 'true' : value
}

/** @throws DomainError `policy.unknown` when the policy has no parameters */
export async function getParameterEpochs(db: Db, policy: string): Promise<ParameterEpoch[]> {
  const records = await db
    .selectFrom('parameter')
    .select(['name', 'type', 'value', 'effective_from', 'effective_to'])
    .where('policy', '=', policy)
    .execute()
  if (records.length === 0) throw unknownPolicy(policy)
  return parameterEpochs(records)
}

export function unknownPolicy(policy: string): DomainError {
  return new DomainError({
    code: 'policy.unknown',
    value: policy,
    status: 404,
    zh: `没有政策“${policy}”。`,
    en: `There is no policy "${policy}".`,
  })
}
