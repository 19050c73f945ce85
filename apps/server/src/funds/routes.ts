import { z } from 'zod'
import { recordAudit } from '../platform/audit.ts'
import { businessDate } from '../platform/clock.ts'
import { isDate } from '../platform/dates.ts'
import { inTransaction } from '../platform/db/index.ts'
import { type App, plainText, route } from '../platform/http/index.ts'
import { newId } from '../platform/ids.ts'
import { formatYuan, parseYuan } from '../platform/money.ts'
import { ACCOUNT_KINDS, listAccounts } from './accounts.ts'
import { ENTRY_KINDS } from './journal.ts'
import { listJournal } from './list-journal.ts'
import { OUTCOMES } from './receipts/decide-transaction.ts'
import { listReceiptProblems } from './receipts/receipt-transactions.ts'
import { appropriate } from './transaction.ts'

const Account = z.object({
  code: z.string(),
  kind: z.enum(ACCOUNT_KINDS),
  year: z.number().int(),
  balance: z.string(),
})

const Entry = z.object({
  id: z.string(),
  kind: z.string(),
  business_date: z.string(),
  recorded_at: z.string(),
  actor: z.string(),
  memo: z.string(),
  reference: z.object({ kind: z.string(), id: z.string() }),
  corrects_id: z.string().nullable(),
  year: z.number().int(),
  from: z.string(),
  to: z.string(),
  amount: z.string(),
  /** Of a payment: whom it is for, with which batch, under which number. */
  enterprise_name: z.string().nullable(),
  credit_code: z.string().nullable(),
  batch_number: z.string().nullable(),
  end_to_end_id: z.string().nullable(),
})

const day = z.string().refine(isDate, { error: 'a date such as 2022-06-22' })
const PROBLEMS_MAX = 500

const ReceiptProblem = z.object({
  kind: z.string(),
  message_id: z.string(),
  position: z.number().int(),
  end_to_end_id: z.string().nullable(),
  payment_order_id: z.string().nullable(),
  outcome: z.enum(OUTCOMES),
  reason: z.string().nullable(),
  amount: z.string().nullable(),
  recorded_at: z.string(),
})

export function fundsRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/ledger/accounts',
    permission: 'ledger.read',
    summary: 'The accounts of a budget year, or of all, with their balances',
    query: z.object({ year: z.coerce.number().int().optional() }),
    response: z.object({ items: z.array(Account) }),
    handler: async ({ database, query }) => {
      const accounts = await listAccounts(database.db, query.year)
      return {
        items: accounts.map(({ code, kind, year, balanceFen }) => ({
          code,
          kind,
          year,
          balance: formatYuan(balanceFen),
        })),
      }
    },
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/ledger/entries',
    permission: 'ledger.read',
    summary: 'The journal, newest first, searched by enterprise, amount, day, batch, account or operation',
    query: z.object({
      cursor: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      reference_kind: z.string().max(100).optional(),
      reference_id: z.uuid().optional(),
      kind: z.enum(ENTRY_KINDS).optional(),
      account: z.enum(ACCOUNT_KINDS).optional(),
      from: day.optional(),
      to: day.optional(),
      q: plainText(0, 100)
        .optional()
        .describe('part of an enterprise’s name or memo, a credit code, a batch, a payment, or an amount'),
    }),
    response: z.object({ items: z.array(Entry), next: z.string().nullable() }),
    handler: async ({ database, query }) => {
      const { cursor, limit, reference_kind: kind, reference_id: id } = query
      const entries = await listJournal(database.db, {
        limit: limit + 1,
        before: cursor,
        reference: kind === undefined || id === undefined ? undefined : { kind, id },
        kind: query.kind,
        account: query.account,
        from: query.from,
        to: query.to,
        text: query.q || undefined,
      })
      const page = entries.slice(0, limit)
      return {
        items: page.map(entry => ({
          id: entry.id,
          kind: entry.kind,
          business_date: entry.businessDate,
          recorded_at: entry.recordedAt.toISOString(),
          actor: entry.actor,
          memo: entry.memo,
          reference: entry.reference,
          corrects_id: entry.correctsId,
          year: entry.year,
          from: entry.fromCode,
          to: entry.toCode,
          amount: formatYuan(entry.amountFen),
          enterprise_name: entry.enterpriseName,
          credit_code: entry.creditCode,
          batch_number: entry.batchNumber,
          end_to_end_id: entry.endToEndId,
        })),
        next: entries.length > limit ? (page.at(-1)?.id ?? null) : null,
      }
    },
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/ledger/receipt-problems',
    permission: 'ledger.read',
    summary: 'What the treasury said that could not be booked as it stands, newest first',
    response: z.object({ items: z.array(ReceiptProblem) }),
    handler: async ({ database }) => {
      const problems = await listReceiptProblems(database.db, PROBLEMS_MAX)
      return {
        items: problems.map(problem => ({
          kind: problem.kind,
          message_id: problem.messageId,
          position: problem.position,
          end_to_end_id: problem.endToEndId,
          payment_order_id: problem.paymentOrderId,
          outcome: problem.outcome,
          reason: problem.reason,
          amount: problem.amountFen === null ? null : formatYuan(problem.amountFen),
          recorded_at: problem.recordedAt.toISOString(),
        })),
      }
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/ledger/appropriations',
    permission: 'budget.appropriate',
    summary: 'Add to the budget of a year',
    body: z.strictObject({
      year: z.number().int().min(2000).max(2100),
      amount: z.string(),
      memo: z.string().trim().min(1).max(500),
    }),
    response: z.object({ entry_id: z.string() }),
    change: {},
    handler: async ({ database, body, actor }) =>
      inTransaction(database.db, async tx => {
        const day = await businessDate(tx)
        const id = newId()
        const entry = await appropriate(tx, {
          year: body.year,
          amountFen: parseYuan(body.amount),
          businessDate: day,
          actor: actor.id,
          reference: { kind: 'appropriation', id },
          memo: body.memo,
        })
        await recordAudit(tx, {
          actor,
          businessDate: day,
          action: 'budget.appropriated',
          subjectKind: 'budget_year',
          subjectId: String(body.year),
          detail: { amount: body.amount, memo: body.memo },
        })
        return { entry_id: entry }
      }),
  })
}
