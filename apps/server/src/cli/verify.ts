import type { Installation } from '../app/installation.ts'
import { type Verification, verify } from '../app/verify.ts'
import { columns } from './box.ts'
import { EXIT } from './exit-codes.ts'
import { printJson, tellTerminal } from './output.ts'

const STEPS = {
  seals: '封存链 seals',
  accounts: '账户 accounts',
  claims: '核定单 claims',
} as const

/** `millrace verify`: recomputes everything, and fails loudly where something does not hold. */
export async function verifyCommand({ database }: Installation, json: boolean): Promise<void> {
  const verification = await verify(database, step => tellTerminal(`${STEPS[step]} …`))
  if (json) printJson(verification)
  else console.log(describe(verification))
  if (!verification.holds) process.exitCode = EXIT.unverified
}

function describe({ holds, seals, accounts, claims }: Verification): string {
  return [
    ...columns([
      ...seals.map(({ stream, seals, rows, head }) => [
        stream,
        `${seals} seals over ${rows} rows`,
        head === undefined ? '' : `head ${head}`,
      ]),
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
    ...accounts.disagreements.map(
      each => `✗ ${JSON.stringify(each, (_, v) => (typeof v === 'bigint' ? `${v}` : v))}`,
    ),
    ...claims.disagreements.map(
      ({ claimId, what, stored, recomputed }) =>
        `✗ claim ${claimId}: ${what} is ${stored}, recomputed ${recomputed}`,
    ),
    holds ? '全部相符 Everything holds' : '有不符之处 SOMETHING DOES NOT HOLD',
  ].join('\n')
}
