/** Where facts came from. */
export interface FactSource {
  readonly name: string
  readonly kind: string
  /** The day on which the source says it was so. */
  readonly as_of: string
  readonly recorded_at: Date
  /** Why, where a person stated it and said so. */
  readonly reason?: string | null
  readonly recorded_by?: string | null
}

export type FactValue = string | boolean | null

/** One version as it is stored. */
export interface VersionRow<F extends string> {
  readonly version: number
  readonly recorded_at: Date
  /** The facts that it sets; null: the first version, which sets all. */
  readonly changed: string[] | null
  readonly facts: Partial<Record<F, FactValue>>
  readonly source: (Omit<FactSource, 'recorded_at'> & { readonly recorded_at: string }) | null
}

/** A version with what it changed of the day that it speaks of. */
export interface FoldedVersion<F extends string> {
  readonly version: number
  readonly recorded_at: Date
  readonly source: FactSource | null
  readonly changes: readonly { readonly fact: F; readonly from: FactValue; readonly to: FactValue }[]
}

interface Statement {
  readonly asOf: string
  readonly value: FactValue
  readonly source: FactSource | null
}

/** Adds the versions up: what each changed of the day that it speaks of, and which one each fact in force comes from. */
export function foldVersions<F extends string>(
  facts: readonly F[],
  rows: readonly VersionRow<F>[],
): { history: FoldedVersion<F>[]; sources: Map<F, FactSource | null> } {
  const stated = new Map<F, Statement[]>()
  const history = rows.map(({ version, recorded_at, changed, facts: values, source: stored }) => {
    const source = stored === null ? null : { ...stored, recorded_at: new Date(stored.recorded_at) }
    const asOf = source?.as_of ?? ''
    const set =
      changed === null
        ? facts.filter(fact => values[fact] != null)
        : facts.filter(fact => changed.includes(fact))
    const changes = set.map(fact => {
      const before = stated.get(fact) ?? []
      const from = before.findLast(statement => statement.asOf <= asOf)?.value ?? null
      const to = values[fact] ?? null
      const all = [...before, { asOf, value: to, source }]
      stated.set(
        fact,
        all.sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0)),
      )
      return { fact, from, to }
    })
    return { version, recorded_at, source, changes }
  })
  return { history, sources: new Map([...stated].map(([fact, all]) => [fact, all.at(-1)?.source ?? null])) }
}
