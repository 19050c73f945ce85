import { z } from 'zod'
import {
  amountInWords,
  listPayeeAccounts,
  PAYEE_ACCOUNT_RECORD,
  payeeAccountVersion,
} from '../../funds/index.ts'
import { type App, notFound, route } from '../../platform/http/index.ts'
import { formatYuan } from '../../platform/money.ts'
import type { Scope } from '../../platform/permissions.ts'
import { ANSWERS } from '../../policy/index.ts'
import { correctAccount } from '../correct-account.ts'
import { describeEnterprise } from '../enterprise-overview.ts'
import { listNotifications, listPayments, organisationInScope } from '../enterprise-payments.ts'
import { MONEY_STEPS } from '../money-timetable.ts'
import { NothingDue } from '../nothing-due.ts'

const NextMoney = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('expected'),
    /** null: the interest of the running period is not settled yet. */
    amount: z.string().nullable(),
    quarter: z.string().nullable(),
    claims: z.number().int(),
    step: z.enum(MONEY_STEPS),
    expected_on: z.string(),
    /** By the city's own pace it should have been further by today. */
    late: z.boolean(),
    timetable: z.array(
      z.object({ step: z.enum(MONEY_STEPS), on: z.string(), state: z.enum(['done', 'now', 'ahead']) }),
    ),
  }),
  /** The treasury could not pay: the enterprise has to correct its account. */
  z.object({ kind: z.literal('account'), amount: z.string() }),
  z.object({ kind: z.literal('none'), loans: z.array(NothingDue.extend({ loan_receipt: z.string() })) }),
])

const Overview = z.object({
  name: z.string(),
  credit_code: z.string(),
  subsidised: z.string(),
  paid: z.string(),
  coming: z.string(),
  next: NextMoney,
  loans: z.array(
    z.object({
      id: z.string(),
      bank_name: z.string(),
      loan_receipt: z.string(),
      project_name: z.string().nullable(),
      principal: z.string(),
      balance: z.string(),
      annual_rate: z.string(),
      granted_on: z.string(),
      matures_on: z.string(),
      /** Why nothing is due for the running period; null: something may be. */
      nothing_due: NothingDue.nullable(),
      claims: z.array(
        z.object({
          id: z.string(),
          quarter: z.string(),
          period_from: z.string(),
          period_to: z.string(),
          answer: z.enum(ANSWERS),
          interest: z.string(),
          amount: z.string(),
          paid: z.string(),
          stage: z.enum(['nothing', 'decided', 'withheld', 'batched', 'ordered', 'paid', 'rejected']),
        }),
      ),
    }),
  ),
})

const Account = z.object({
  id: z.string(),
  holder_name: z.string(),
  masked_number: z.string(),
  bank_code: z.string(),
  state: z.string(),
  rejected_reason: z.string().nullable(),
  by_enterprise: z.boolean(),
  recorded_at: z.string(),
})

const OfEnterprise = z.object({ credit_code: z.string().optional() })

/** Staff name the enterprise; an enterprise reaches only itself, whatever it names. */
function creditCodeOf(scope: Scope, named: string | undefined): string {
  return scope.kind === 'organisation' ? scope.creditCode : (named ?? '')
}

export function enterpriseRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/enterprise/overview',
    permission: 'claim.read',
    summary: 'An enterprise: its loans, what it receives, when, and why',
    query: OfEnterprise,
    response: Overview,
    handler: async ({ database, scope, query }) => {
      const organisation = await organisationInScope(
        database.db,
        scope,
        creditCodeOf(scope, query.credit_code),
      )
      const overview = await describeEnterprise(database.db, organisation.credit_code)
      if (!overview) throw notFound({ zh: '企业', en: 'enterprise' }, organisation.credit_code)
      return overview
    },
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/enterprise/payments',
    permission: 'payment.read',
    summary: 'Payments to an enterprise, newest first',
    query: OfEnterprise,
    response: z.object({
      items: z.array(
        z.object({
          end_to_end_id: z.string(),
          reference: z.string(),
          amount: z.string(),
          amount_in_words: z.string(),
          state: z.string(),
          ordered_on: z.string(),
          settled_on: z.string().nullable(),
          reason_code: z.string().nullable(),
          claims: z.number().int(),
        }),
      ),
    }),
    handler: async ({ database, scope, query }) => {
      const organisation = await organisationInScope(
        database.db,
        scope,
        creditCodeOf(scope, query.credit_code),
      )
      const payments = await listPayments(database.db, organisation.id)
      return {
        items: payments.map(({ amount_fen, ...payment }) => ({
          ...payment,
          amount: formatYuan(amount_fen),
          amount_in_words: amountInWords(amount_fen),
        })),
      }
    },
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/enterprise/payee-account',
    permission: 'payment.read',
    summary: 'The accounts an enterprise is or was paid into; numbers are masked',
    query: OfEnterprise,
    response: z.object({ etag: z.string(), items: z.array(Account) }),
    handler: async ({ database, scope, query }) => {
      const organisation = await organisationInScope(
        database.db,
        scope,
        creditCodeOf(scope, query.credit_code),
      )
      const etag = await payeeAccountVersion(database.db, organisation.id)
      const accounts = await listPayeeAccounts(database.db, organisation.id)
      return {
        etag,
        items: accounts.map(account => ({
          id: account.id,
          holder_name: account.holderName,
          masked_number: account.maskedNumber,
          bank_code: account.bankCode,
          state: account.state,
          rejected_reason: account.rejectedReason,
          by_enterprise: account.byEnterprise,
          recorded_at: account.recordedAt.toISOString(),
        })),
      }
    },
  })

  route(app, {
    method: 'POST',
    url: '/api/v1/enterprise/payee-account',
    permission: 'payee-account.correct',
    summary: 'Correct the account that the treasury could not pay into',
    body: z.strictObject({ account_number: z.string().max(64), bank_code: z.string().max(20) }),
    response: z.object({}),
    change: {
      record: {
        kind: PAYEE_ACCOUNT_RECORD,
        id: async ({ scope }, tx) =>
          (await organisationInScope(tx, scope, creditCodeOf(scope, undefined))).id,
      },
    },
    handler: async ({ database, scope, actor, body }) => {
      const organisation = await organisationInScope(database.db, scope, creditCodeOf(scope, undefined))
      const account = { accountNumber: body.account_number, bankCode: body.bank_code }
      await correctAccount(database.db, organisation.id, account, actor)
      return {}
    },
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/notifications',
    permission: 'notification.read',
    summary: 'What the enterprise was told, newest first',
    response: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          kind: z.string(),
          parameters: z.record(z.string(), z.string().nullable()),
          business_date: z.string(),
          read: z.boolean(),
        }),
      ),
    }),
    handler: async ({ database, scope }) => {
      const organisation = await organisationInScope(database.db, scope, creditCodeOf(scope, undefined))
      return { items: await listNotifications(database.db, organisation.id) }
    },
  })
}
