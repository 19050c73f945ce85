import type { PlainDate } from './calendar.ts'
import type { SentMessage } from './messages.ts'
import { type Answer, claimsAsOf, type ModelClaim } from './model/claims.ts'
import { type Fen, sum } from './money.ts'
import { by, groupBy } from './order.ts'
import type { World } from './world.ts'

interface ExpectedClaim extends ModelClaim {
  /** What has been paid for it when all batches are: differs from `amount_fen` where the loan is suspended. */
  readonly payable_fen: Fen
}

/** What the programme should have paid. */
export interface Expected {
  readonly as_of: PlainDate
  readonly total_fen: Fen
  readonly by_bank: ReadonlyMap<string, Fen>
  readonly by_quarter: ReadonlyMap<string, Fen>
  readonly by_bank_and_quarter: readonly {
    readonly bank_code: string
    readonly quarter: string
    readonly fen: Fen
  }[]
  readonly by_enterprise: ReadonlyMap<string, Fen>
  readonly by_answer: Readonly<Record<Answer, number>>
  readonly claims: readonly ExpectedClaim[]
}

const keyOf = (claim: ModelClaim) => `${claim.bank_code} ${claim.loan_receipt} ${claim.period_to}`

function totals(claims: readonly ExpectedClaim[], key: (claim: ExpectedClaim) => string): Map<string, Fen> {
  const result = new Map<string, Fen>()
  for (const claim of [...claims].sort(by(key))) {
    result.set(key(claim), (result.get(key(claim)) ?? 0n) + claim.payable_fen)
  }
  return result
}

/**
 * What the programme should have paid after its batches, from the banks' story alone.
 *
 * Each batch brings every claim to what it is worth on the day on which the batch is prepared: it pays what is
 * missing and takes back what was too much. A suspended claim is left as it is: what was paid stays paid, and
 * nothing is added until the loan is cured. With a single day, a suspended claim is therefore not paid at all.
 *
 * @param evaluatedOn the days on which batches are prepared, in order; the last one is the day of the result
 */
export function expectPayments(
  world: World,
  messages: readonly SentMessage[],
  evaluatedOn: readonly [PlainDate, ...PlainDate[]],
): Expected {
  const payable = new Map<string, Fen>()
  let current: ModelClaim[] = []
  for (const day of evaluatedOn) {
    current = claimsAsOf(world, messages, day)
    for (const claim of current) {
      if (claim.answer !== 'suspended') payable.set(keyOf(claim), claim.amount_fen)
    }
  }
  const claims = current.map(claim => ({ ...claim, payable_fen: payable.get(keyOf(claim)) ?? 0n }))
  const by_answer = { eligible: 0, ineligible: 0, unknown: 0, suspended: 0 }
  for (const { answer } of claims) by_answer[answer] += 1
  return {
    as_of: evaluatedOn.at(-1) ?? evaluatedOn[0],
    total_fen: sum(claims.map(({ payable_fen }) => payable_fen)),
    by_bank: totals(claims, ({ bank_code }) => bank_code),
    by_quarter: totals(claims, ({ quarter }) => quarter),
    by_bank_and_quarter: [...groupBy(claims, ({ bank_code, quarter }) => `${bank_code} ${quarter}`)]
      .sort(by(([key]) => key))
      .map(([key, group]) => {
        const [bank_code = '', quarter = ''] = key.split(' ')
        return { bank_code, quarter, fen: sum(group.map(({ payable_fen }) => payable_fen)) }
      }),
    by_enterprise: totals(claims, ({ credit_code }) => credit_code),
    by_answer,
    claims,
  }
}
