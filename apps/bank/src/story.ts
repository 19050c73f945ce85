import { nextSettlementDay, type PlainDate } from './calendar.ts'
import type { SentMessage } from './messages.ts'
import { by } from './order.ts'
import { type AccountFault, openAccounts } from './story/accounts.ts'
import { planLoans } from './story/plan.ts'
import { tellLoan } from './story/tell-loan.ts'
import type { World } from './world.ts'

/** What the banks have to tell, in the order in which they tell it, and what the treasury will find. */
export interface Story {
  readonly messages: readonly SentMessage[]
  /** Loans that are granted by the end of the story. */
  readonly loans: number
  /** The last business day: a quarterly settlement day. */
  readonly ends_on: PlainDate
  /** Account numbers that cannot be paid, with the reason the treasury gives. */
  readonly faulty_accounts: ReadonlyMap<string, AccountFault>
}

export interface StoryLength {
  /** Loans that are planned; those granted after the end are not told. */
  readonly loans: number
  /** Settlement quarters: 1 ends on the first quarterly settlement day after the world begins. */
  readonly quarters: number
}

/** The settlement day that ends so many quarters: from 2022-05-11, one quarter ends on 2022-06-21. */
export function endOfQuarters(from: PlainDate, quarters: number): PlainDate {
  let day = from
  for (let quarter = 0; quarter < quarters; quarter++) day = nextSettlementDay(day, 3)
  return day
}

/**
 * Tells the story of a world. The same world, seed and number of loans give the same messages, byte for byte;
 * a longer story begins with the shorter one.
 */
export function tellStory(world: World, { loans, quarters }: StoryLength): Story {
  const ends_on = endOfQuarters(world.from, quarters)
  const plans = planLoans(world, loans)
  const accounts = openAccounts(world, plans)
  const messages: SentMessage[] = []
  let told = 0
  for (const plan of plans) {
    const account = accounts.get(plan.enterprise.credit_code)
    if (!account) throw new Error(`${plan.enterprise.name} has no account`)
    if (plan.granted_on > ends_on) continue
    told += 1
    messages.push(...tellLoan(plan, account, world.seed).filter(({ sent_on }) => sent_on <= ends_on))
  }
  const faulty = [...accounts.values()].flatMap(({ number, fault }) =>
    fault ? [[number, fault] as const] : [],
  )
  return {
    messages: messages.sort(by(({ sent_on }) => sent_on)),
    loans: told,
    ends_on,
    faulty_accounts: new Map(faulty),
  }
}
