import { z } from 'zod'
import type { Auth } from '../platform/auth/index.ts'
import type { City } from '../platform/city.ts'
import type { Database } from '../platform/db/index.ts'
import { createDemonstrationAccount, enterpriseAccount } from './accounts.ts'
import { chanceOf } from './chance.ts'
import { signIn } from './http-client.ts'

/**
 * Lets every enterprise into whose account the treasury could not pay name another one: over HTTP, signed in as the
 * enterprise, which is given an account of the demonstration if it has none.
 *
 * @param bankCode where the new accounts are held
 * @returns how many were corrected
 */
export async function correctAccounts(
  database: Database,
  auth: Auth,
  city: City,
  platform: string,
  bankCode: string,
): Promise<number> {
  const rejected = await database.db
    .selectFrom('payee_account as a')
    .innerJoin('organisation as o', 'o.id', 'a.organisation_id')
    .leftJoin('user as u', 'u.credit_code', 'o.credit_code')
    .select(['o.credit_code', 'u.email'])
    .distinct()
    .where('a.state', '=', 'rejected')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('payee_account as b')
            .select('b.id')
            .whereRef('b.organisation_id', '=', 'a.organisation_id')
            .where('b.state', '=', 'in_force'),
        ),
      ),
    )
    .orderBy('o.credit_code')
    .execute()
  for (const { credit_code, email } of rejected) {
    const account = enterpriseAccount(`payee-${credit_code.slice(-8).toLowerCase()}`, credit_code)
    if (email === null) await createDemonstrationAccount(database, auth, city, account)
    const session = await signIn(platform, email ?? account.email)
    const chance = chanceOf('corrected account', credit_code)
    const account_number = `622001${Array.from({ length: 13 }, () => chance.below(10)).join('')}`
    const { etag } = await session.get('/api/v1/enterprise/payee-account', z.object({ etag: z.string() }))
    await session.post(
      '/api/v1/enterprise/payee-account',
      { account_number, bank_code: bankCode },
      z.object({}),
      etag,
    )
  }
  return rejected.length
}
