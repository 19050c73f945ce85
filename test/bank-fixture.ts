import pg from 'pg'
import { citySchema } from '../apps/server/src/platform/db/index.ts'
import { ed25519Signer, sm2Signer, type TestSigner } from './request-signer.ts'
import { TEST_CITY } from './test-city.ts'

/** Banks and enterprises for tests of the bank API: fictional, with codes whose check digits hold. */
export const RIVERBANK = '102100099996'
export const MILLBANK = '103100000026'
export const CREDIT_CODES = ['91442000MA00000A91', '91442000MA00000B7U']
export const FILING_NUMBER = 'F-2022-0001'
export const BUSINESS_DATE = '2023-07-01'

export interface BankFixture {
  readonly riverbank: TestSigner
  readonly millbank: TestSigner
  readonly treasury: TestSigner
}

/**
 * Two banks with their keys (one Ed25519, one SM2), the treasury's key, two enterprises, one filing, and a business
 * date, written as the owner.
 */
export async function bankFixture(ownerUrl: string): Promise<BankFixture> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    options: `-c search_path=${citySchema(TEST_CITY.code)},millrace`,
  })
  await client.connect()
  const riverbank = ed25519Signer('riverbank-2022')
  const millbank = sm2Signer('millbank-2022')
  const treasury = ed25519Signer('treasury-2022')
  try {
    await client.query('update platform_clock set business_date = $1', [BUSINESS_DATE])
    await client.query(
      `insert into bank (code, name, short_name, cooperating_from)
       values ($1, '河畔银行', '河畔', '2022-01-01'), ($2, '磨坊银行', '磨坊', '2022-01-01')`,
      [RIVERBANK, MILLBANK],
    )
    await client.query(
      `insert into bank_key (key_id, bank_code, algorithm, public_key, valid_from)
       values ($1, $2, $3, $4, '2022-01-01'), ($5, $6, $7, $8, '2022-01-01')`,
      [
        ...[riverbank.keyId, RIVERBANK, riverbank.algorithm, riverbank.publicKey],
        ...[millbank.keyId, MILLBANK, millbank.algorithm, millbank.publicKey],
      ],
    )
    await client.query(
      `insert into treasury_key (key_id, algorithm, public_key, valid_from) values ($1, $2, $3, '2022-01-01')`,
      [treasury.keyId, treasury.algorithm, treasury.publicKey],
    )
    await client.query(
      `with s as (insert into source (id, name, kind, as_of, recorded_by)
         values (new_id(), '测试数据', 'generated', '2022-01-01', 'test') returning id)
       insert into organisation (id, credit_code, name, source_id)
       select new_id(), code, '测试企业', s.id from s, unnest($1::text[]) code`,
      [CREDIT_CODES],
    )
    await client.query(
      `insert into filing (id, filing_number, organisation_id, project_name, filed_on, state, source_id)
       select new_id(), $1, id, '测试项目', '2022-05-01', 'in_force', source_id
       from organisation where credit_code = $2`,
      [FILING_NUMBER, CREDIT_CODES[0]],
    )
  } finally {
    await client.end()
  }
  return { riverbank, millbank, treasury }
}
