import { createHash } from 'node:crypto'
import { type Auth, createUser, currentCode } from '../platform/auth/index.ts'
import type { City } from '../platform/city.ts'
import type { Database } from '../platform/db/index.ts'
import type { Role } from '../platform/permissions.ts'
import { STAFF } from '../platform/permissions.ts'
import type { StoryData } from './story-data.ts'

/** One password for all accounts of a demonstration: it is printed at the start and shown on the sign-in page. */
export const DEMONSTRATION_PASSWORD = 'millrace-demo'

const DOMAIN = 'millrace.example'

/** Those whose work on a batch can be played. */
export const STAFF_ACCOUNTS = {
  officer: `officer@${DOMAIN}`,
  approver: `approver@${DOMAIN}`,
  finance: `finance@${DOMAIN}`,
} as const

export interface DemonstrationAccount {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly bankCode?: string
  readonly creditCode?: string
  readonly townCode?: string
}

/** A person for every role: enough of each to try the programme from every side. */
export async function demonstrationAccounts(
  { db }: Database,
  { banks, borrowers, filings }: StoryData,
): Promise<DemonstrationAccount[]> {
  const town = await db
    .selectFrom('organisation')
    .select('town_code')
    .where('town_code', 'is not', null)
    .groupBy('town_code')
    .orderBy(({ fn }) => fn.countAll(), 'desc')
    .orderBy('town_code')
    .limit(1)
    .executeTakeFirst()
  const operators = banks.filter(({ cooperating_from }) => cooperating_from !== null).slice(0, 2)
  const [flagship] = borrowers
  const threeProjects = borrowers.slice(1).find(({ credit_code }) => projectsOf(credit_code) > 2)
  const ordinary = borrowers.slice(1).find(({ credit_code }) => projectsOf(credit_code) === 1)
  function projectsOf(code: string): number {
    return filings.filter(({ credit_code }) => credit_code === code).length
  }
  return [
    { email: STAFF_ACCOUNTS.officer, name: '演示经办员', role: 'officer' },
    { email: STAFF_ACCOUNTS.approver, name: '演示审批员', role: 'approver' },
    { email: STAFF_ACCOUNTS.finance, name: '演示财务员', role: 'finance' },
    { email: `auditor@${DOMAIN}`, name: '演示审计员', role: 'auditor' },
    ...(town?.town_code
      ? [{ email: `town@${DOMAIN}`, name: '演示镇街干部', role: 'town', townCode: town.town_code } as const]
      : []),
    ...operators.map(
      ({ code, short_name }, index) =>
        ({
          email: `bank${index + 1}@${DOMAIN}`,
          name: `${short_name}演示操作员`,
          role: 'bank',
          bankCode: code,
        }) as const,
    ),
    ...[flagship, threeProjects, ordinary].flatMap((borrower, index) =>
      borrower ? [enterpriseAccount(`enterprise${index + 1}`, borrower.credit_code)] : [],
    ),
  ]
}

/** The account of an enterprise's clerk; `local` is what stands before the @. */
export function enterpriseAccount(local: string, creditCode: string): DemonstrationAccount {
  return { email: `${local}@${DOMAIN}`, name: '演示企业经办人', role: 'enterprise', creditCode }
}

export async function createDemonstrationAccount(
  database: Database,
  auth: Auth,
  city: City,
  account: DemonstrationAccount,
): Promise<void> {
  await createUser(database, auth, {
    ...account,
    cityCode: city.code,
    password: DEMONSTRATION_PASSWORD,
    ...(STAFF.includes(account.role) ? { secondFactorSecret: secondFactorSecret(account.email) } : {}),
  })
}

function secondFactorSecret(email: string): string {
  return createHash('sha256').update(`millrace demonstration ${email}`).digest('hex').slice(0, 32)
}

export interface ShownAccount {
  readonly email: string
  readonly password: string
  readonly role: string
  readonly name: string
  /** Whom the account acts for, where it does. */
  readonly acts_for: string | null
  /** What the authenticator shows now; null: the account needs none. */
  readonly code: string | null
}

/** The demonstration's accounts as they can be used at this moment. */
export async function listDemonstrationAccounts(
  database: Database,
  auth: Auth,
  city: City,
): Promise<ShownAccount[]> {
  const users = await database.db
    .selectFrom('user')
    .leftJoin('bank', 'bank.code', 'user.bank_code')
    .leftJoin('organisation', 'organisation.credit_code', 'user.credit_code')
    .leftJoin('town', 'town.code', 'user.town_code')
    .select(['user.email', 'user.role', 'user.name', 'user.two_factor_enabled'])
    .select(({ fn }) => fn.coalesce('bank.name', 'organisation.name', 'town.name').as('acts_for'))
    .where('user.city_code', '=', city.code)
    .where('user.email', 'like', `%@${DOMAIN}`)
    .orderBy('user.id')
    .execute()
  return Promise.all(
    users.map(async ({ email, role, name, two_factor_enabled, acts_for }) => ({
      email,
      password: DEMONSTRATION_PASSWORD,
      role,
      name,
      acts_for,
      code: two_factor_enabled ? ((await currentCode(database, auth, email)) ?? null) : null,
    })),
  )
}
