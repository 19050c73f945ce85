import { createOTP } from '@better-auth/utils/otp'
import { betterAuth } from 'better-auth'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { twoFactor } from 'better-auth/plugins'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import type { Database } from '../db/index.ts'
import { newId } from '../ids.ts'
import type { Actor, Role } from '../permissions.ts'

const SESSION_SECONDS = 12 * 60 * 60
const ACTOR_FIELDS = { type: 'string', required: false, input: false } as const

/** Sign-in with e-mail, password and, for staff, a time-based code (TOTP, RFC 6238). Accounts are made by the city. */
export type Auth = ReturnType<typeof createAuth>

/**
 * @param secret signs session cookies and encrypts second-factor secrets; at least 32 characters
 */
export function createAuth(database: Database, secret: string) {
  const tables = new Kysely({
    dialect: new PostgresDialect({ pool: database.pool }),
    plugins: [new CamelCasePlugin()],
  })
  return betterAuth({
    appName: 'Millrace',
    secret,
    basePath: '/api/auth',
    database: { db: tables, type: 'postgres' },
    // The page and the API share one origin; whatever address the server was reached by is that origin.
    trustedOrigins: request => {
      const host = request?.headers.get('host')
      return host ? [`http://${host}`, `https://${host}`] : []
    },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12 },
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_SECONDS / 4 },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        cityCode: { type: 'string', required: true, input: false },
        bankCode: ACTOR_FIELDS,
        creditCode: ACTOR_FIELDS,
        townCode: ACTOR_FIELDS,
        language: ACTOR_FIELDS,
      },
    },
    // By address, so that an office behind one address can sign in; accounts are locked by their own failures.
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/email': { window: 60, max: 60 },
        '/two-factor/verify-totp': { window: 60, max: 60 },
      },
    },
    plugins: [twoFactor({ issuer: 'Millrace' })],
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
}

export interface NewUser {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly role: Role
  readonly cityCode: string
  readonly bankCode?: string
  readonly creditCode?: string
  readonly townCode?: string
  /** Enrols a second factor with this secret, at least 16 characters. */
  readonly secondFactorSecret?: string
}

/** Makes an account, or leaves the one with this e-mail as it is. */
export async function createUser(database: Database, auth: Auth, user: NewUser): Promise<void> {
  const { db } = database
  const context = await auth.$context
  const id = newId()
  const created = await db
    .insertInto('user')
    .values({
      id,
      name: user.name,
      email: user.email,
      email_verified: true,
      role: user.role,
      city_code: user.cityCode,
      bank_code: user.bankCode ?? null,
      credit_code: user.creditCode ?? null,
      town_code: user.townCode ?? null,
      two_factor_enabled: user.secondFactorSecret !== undefined,
    })
    .onConflict(conflict => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!created) return
  const password = await context.password.hash(user.password)
  await db
    .insertInto('account')
    .values({ id: newId(), user_id: id, account_id: id, provider_id: 'credential', password })
    .execute()
  if (user.secondFactorSecret !== undefined) {
    const secret = await symmetricEncrypt({ key: context.secretConfig, data: user.secondFactorSecret })
    const backupCodes = await symmetricEncrypt({ key: context.secretConfig, data: '[]' })
    await db
      .insertInto('two_factor')
      .values({ id: newId(), user_id: id, secret, backup_codes: backupCodes })
      .execute()
  }
}

/** The code that the user's authenticator shows now: for demonstration accounts and tests, whose secrets are ours. */
export async function currentCode(
  database: Database,
  auth: Auth,
  email: string,
): Promise<string | undefined> {
  const row = await database.db
    .selectFrom('two_factor')
    .innerJoin('user', 'user.id', 'two_factor.user_id')
    .select('secret')
    .where('email', '=', email)
    .executeTakeFirst()
  if (!row) return undefined
  const context = await auth.$context
  const secret = await symmetricDecrypt({ key: context.secretConfig, data: row.secret })
  return createOTP(secret).totp()
}

export interface SignedIn {
  readonly actor: Actor
  readonly email: string
  readonly cityCode: string
  readonly secondFactor: boolean
}

/** Who sent these headers; undefined when nobody is signed in. */
export async function findSignedIn(auth: Auth, headers: Headers): Promise<SignedIn | undefined> {
  const session = await auth.api.getSession({ headers })
  if (!session) return undefined
  const { user } = session
  return {
    actor: {
      id: user.id,
      name: user.name,
      role: user.role as Role,
      bankCode: user.bankCode ?? null,
      creditCode: user.creditCode ?? null,
      townCode: user.townCode ?? null,
    },
    email: user.email,
    cityCode: user.cityCode,
    secondFactor: user.twoFactorEnabled === true,
  }
}
