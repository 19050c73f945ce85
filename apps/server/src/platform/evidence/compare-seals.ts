import type { Database } from '../db/index.ts'
import { exportSeals, type KeptSeal } from './export-seals.ts'
import type { Stream } from './streams.ts'

/** The first seal of a stream that is not the one that was kept. */
export interface KeptDisagreement {
  readonly stream: Stream
  readonly number: number
  /** `gone`: there is no such seal any more; `other`: another stands in its place. */
  readonly kind: 'gone' | 'other'
  readonly kept_hash: string
  readonly kept_sealed_at: string
}

export interface KeptComparison {
  /** How many kept seals were compared. */
  readonly compared: number
  readonly disagreements: readonly KeptDisagreement[]
}

/**
 * Compares the seals that stand with those that were kept elsewhere. Each seal rests on all before it, so whoever
 * edits a row and writes every later seal anew is shown by the first kept one behind the edit.
 */
export async function compareSeals(database: Database, kept: readonly KeptSeal[]): Promise<KeptComparison> {
  const { seals } = await exportSeals(database, { cityCode: '', newestOnly: false })
  return { compared: kept.length, disagreements: firstDisagreements(kept, seals) }
}

/** Of each stream the first. */
export function firstDisagreements(
  kept: readonly KeptSeal[],
  standing: readonly KeptSeal[],
): KeptDisagreement[] {
  const hashes = new Map(standing.map(({ stream, number, hash }) => [`${stream} ${number}`, hash]))
  const first = new Map<Stream, KeptDisagreement>()
  for (const { stream, number, hash, sealed_at } of kept) {
    const stands = hashes.get(`${stream} ${number}`)
    if (stands === hash || (first.get(stream)?.number ?? Number.POSITIVE_INFINITY) <= number) continue
    const kind = stands === undefined ? 'gone' : 'other'
    first.set(stream, { stream, number, kind, kept_hash: hash, kept_sealed_at: sealed_at })
  }
  return [...first.values()]
}
