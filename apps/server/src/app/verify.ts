import { type AccountVerification, verifyAccounts } from '../funds/index.ts'
import { type ClaimDisagreement, verifyClaims } from '../lending/index.ts'
import type { Database } from '../platform/db/index.ts'
import {
  compareSeals,
  type KeptComparison,
  type KeptSeal,
  type VerifiedStream,
  verifySeals,
} from '../platform/evidence/index.ts'

export interface Verification {
  readonly holds: boolean
  /** The sealed histories, each computed again from its rows. */
  readonly seals: readonly VerifiedStream[]
  /** Those seals beside the ones that were kept elsewhere; undefined where none were given. */
  readonly kept: KeptComparison | undefined
  /** Every account from its journal. */
  readonly accounts: AccountVerification
  /** Every claim from the inputs that its determination kept. */
  readonly claims: { readonly claims: number; readonly disagreements: readonly ClaimDisagreement[] }
}

export type VerificationStep = 'seals' | 'accounts' | 'claims'

/**
 * Recomputes everything that can be recomputed from what is stored.
 *
 * @param keptSeals that whoever owns the database could not reach: they show a chain that was written anew as a whole
 */
export async function verify(
  database: Database,
  keptSeals?: readonly KeptSeal[],
  onStep: (step: VerificationStep) => void = () => {},
): Promise<Verification> {
  onStep('seals')
  const seals = await verifySeals(database)
  const kept = keptSeals && (await compareSeals(database, keptSeals))
  onStep('accounts')
  const accounts = await verifyAccounts(database.db)
  onStep('claims')
  const claims = await verifyClaims(database.db)
  const holds =
    seals.every(({ breaks }) => breaks.length === 0) &&
    (kept?.disagreements.length ?? 0) === 0 &&
    accounts.disagreements.length === 0 &&
    claims.disagreements.length === 0
  return { holds, seals, kept, accounts, claims }
}
