import { readFileSync } from 'node:fs'
import type { Installation } from '../app/installation.ts'
import { type Verification, verify } from '../app/verify.ts'
import { readSeals } from '../platform/evidence/index.ts'
import { formatYuan } from '../platform/money.ts'
import { columns } from './box.ts'
import { EXIT } from './exit-codes.ts'
import { printJson, tellTerminal } from './output.ts'

const STEPS = {
  seals: '封存链 seals',
  accounts: '账户 accounts',
  claims: '核定单 claims',
} as const

export interface VerifyCommandOptions {
  readonly json: boolean
  /** Files of seals that were kept elsewhere. */
  readonly seals?: readonly string[]
}

/** `millrace verify`: recomputes everything, and fails loudly where something does not hold. */
export async function verifyCommand(
  { database, city }: Installation,
  { json, seals: files }: VerifyCommandOptions,
): Promise<void> {
  const kept = files?.flatMap(file => readSeals(readFileSync(file, 'utf8'), file, city.code).seals)
  const verification = await verify(database, kept, step => tellTerminal(`${STEPS[step]} …`))
  if (json) printJson(documentOf(verification))
  else console.log(describe(verification))
  if (!verification.holds) process.exitCode = EXIT.unverified
}

/** As docs/conventions.md says: keys in snake_case, amounts in yuan. */
function documentOf({ accounts, claims, ...rest }: Verification) {
  return {
    ...rest,
    accounts: {
      ...accounts,
      disagreements: accounts.disagreements.map(each =>
        each.kind === 'account'
          ? {
              kind: each.kind,
              code: each.code,
              recorded: formatYuan(each.recordedFen),
              recomputed: formatYuan(each.recomputedFen),
            }
          : { kind: each.kind, id: each.id, sum: formatYuan(each.sumFen), lines: each.lines },
      ),
    },
    claims: {
      ...claims,
      disagreements: claims.disagreements.map(({ claimId, what, stored, recomputed }) => ({
        claim_id: claimId,
        ...{ what, stored, recomputed },
      })),
    },
  }
}

function describe({ holds, seals, kept, accounts, claims }: Verification): string {
  return [
    ...columns([
      ...seals.map(({ stream, seals, rows, head }) => [
        stream,
        `${seals} seals over ${rows} rows`,
        head === undefined ? '' : `head ${head}`,
      ]),
      ...(kept ? [['kept elsewhere', `${kept.compared} seals compared`]] : []),
      ['accounts', `${accounts.accounts} accounts from ${accounts.entries} entries`],
      ['claims', `${claims.claims} claims from their inputs`],
    ]),
    '',
    ...seals
      .flatMap(({ breaks }) => breaks)
      .map(
        ({ stream, number, kind, from_transaction, to_transaction, sealed_at }) =>
          `✗ ${stream}: seal ${number} of ${sealed_at.toISOString()} (transactions ${from_transaction} to ${to_transaction}) ` +
          (kind === 'rows'
            ? 'covers rows that were changed, removed or added'
            : 'does not continue the seal before it'),
      ),
    ...(kept?.disagreements ?? []).map(
      ({ stream, number, kind, kept_hash, kept_sealed_at }) =>
        `✗ ${stream}: seal ${number}, kept as ${kept_hash} of ${kept_sealed_at}, ` +
        (kind === 'gone' ? 'is gone' : 'is another one now: the chain was written anew from there or before'),
    ),
    ...accounts.disagreements.map(each =>
      each.kind === 'account'
        ? `✗ account ${each.code}: the balance is ${formatYuan(each.recordedFen)}, recomputed ${formatYuan(each.recomputedFen)}`
        : `✗ entry ${each.id}: its ${each.lines} lines add up to ${formatYuan(each.sumFen)}`,
    ),
    ...claims.disagreements.map(
      ({ claimId, what, stored, recomputed }) =>
        `✗ claim ${claimId}: ${what} is ${stored}, recomputed ${recomputed}`,
    ),
    holds ? '全部相符 Everything holds' : '有不符之处 SOMETHING DOES NOT HOLD',
  ].join('\n')
}
