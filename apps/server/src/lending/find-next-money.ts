import { listPayeeAccounts } from '../funds/index.ts'
import { businessDate } from '../platform/clock.ts'
import type { Db } from '../platform/db/index.ts'
import { formatYuan } from '../platform/money.ts'
import { getWorkingDayCalendar } from '../platform/working-days.ts'
import { findSetting } from '../policy/index.ts'
import { interestSubsidyEpochs } from './determine-claims.ts'
import type { ClaimRow, LoanRow } from './enterprise-overview.ts'
import type { MoneyPace } from './money-timetable.ts'
import { type ClaimOnItsWay, type NextMoney, nextMoney, type RunningLoan, settlesOn } from './next-money.ts'
import { type NothingDue, whyNothingIsDue } from './nothing-due.ts'

/** What comes next and when; and of each loan for which nothing is due, why. */
export async function findNextMoney(
  db: Db,
  organisationId: string,
  loans: readonly LoanRow[],
  claims: readonly ClaimRow[],
) {
  const running: (RunningLoan & { readonly id: string })[] = []
  for (const loan of loans) {
    const newest = claims.find(({ loan_id }) => loan_id === loan.id)
    const settles = settlesOn(loan, newest?.period_to ?? loan.granted_on)
    const { id, loan_receipt } = loan
    const nothing = newest ? await whyNothingIsDue(db, newest, settles) : settles === null ? NOT_DRAWN : null
    running.push({ id, loan_receipt, settlesOn: settles, nothing })
  }
  const accounts = await listPayeeAccounts(db, organisationId)
  const money = nextMoney(
    // For what is held back there is no day to name.
    claims.filter(({ answer, stage }) => answer === 'eligible' && stage !== 'withheld').map(onItsWay),
    running,
    accounts.some(({ state }) => state === 'in_force'),
    await moneyPace(db),
    await getWorkingDayCalendar(db),
    await businessDate(db),
  )
  return { money: viewOf(money), nothing: new Map(running.map(({ id, nothing }) => [id, nothing])) }
}

const NOT_DRAWN: NothingDue = { reason: 'not-drawn', claim_id: null, conditions: [] }

/** What no batch has taken up yet begins its way anew, whatever became of what batches took up before. */
function onItsWay(claim: ClaimRow): ClaimOnItsWay {
  const { quarter, period_to, amount_fen, paid_fen, batched_fen, stage } = claim
  const fresh = stage === 'decided' || amount_fen > batched_fen
  return {
    quarter,
    owedFen: amount_fen - paid_fen,
    settledOn: period_to,
    decidedOn: fresh ? null : claim.decided_on,
    payableFrom: fresh ? null : claim.payable_from,
    // What came back is ordered again.
    orderedOn: fresh || stage === 'rejected' ? null : claim.ordered_on,
    rejected: !fresh && stage === 'rejected',
  }
}

/** Where a city has set nothing: a week to decide, and two days with the treasury. */
const USUAL_PACE = { decision: '5', notice: '0', treasury: '2' }

async function moneyPace(db: Db): Promise<MoneyPace> {
  const newest = (await interestSubsidyEpochs(db)).at(-1)
  const days = (setting: string, usual: string) =>
    Number((newest ? findSetting(newest, setting) : undefined) ?? usual)
  return {
    decisionDays: days('batch_working_days', USUAL_PACE.decision),
    noticeDays: days('notice_working_days', USUAL_PACE.notice),
    treasuryDays: days('treasury_working_days', USUAL_PACE.treasury),
  }
}

function viewOf(money: NextMoney) {
  if (money.kind === 'account') return { kind: money.kind, amount: formatYuan(money.amountFen) }
  if (money.kind === 'none') {
    return {
      kind: money.kind,
      loans: money.loans.flatMap(({ loan_receipt, nothing }) =>
        nothing ? [{ loan_receipt, ...nothing }] : [],
      ),
    }
  }
  const { amountFen, quarter, claims, timetable } = money
  return {
    kind: money.kind,
    amount: amountFen === null ? null : formatYuan(amountFen),
    quarter,
    claims,
    step: timetable.step,
    expected_on: timetable.expectedOn,
    late: timetable.late,
    timetable: [...timetable.lines],
  }
}
