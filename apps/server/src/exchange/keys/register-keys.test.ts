import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { bankFixture, RIVERBANK } from '../../../../../test/bank-fixture.ts'
import { type TestDatabase, testDatabase } from '../../../../../test/database.ts'
import { ed25519Signer, sm2Signer, type TestSigner } from '../../../../../test/request-signer.ts'
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import { findBankKey, findTreasuryKey } from './find-keys.ts'
import { admitBank, registerBankKey, registerTreasuryKey, revokeKey } from './register-keys.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await bankFixture(database.ownerUrl)
})

const actor = { name: 'command line', role: 'system' } as const
const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(database.db, work)
const keyOf = ({ keyId, algorithm, publicKey }: TestSigner) => ({ keyId, algorithm, publicKey })

test('a bank is put on record with its keys, and a key goes out of force for good', async () => {
  const bank = {
    code: '104100000004',
    name: '码头银行',
    shortName: '码头',
    cooperatingFrom: null,
    cooperatingTo: null,
  }
  await inTx(tx => admitBank(tx, bank, actor))
  await inTx(tx => admitBank(tx, { ...bank, cooperatingFrom: '2022-01-05' }, actor))
  await inTx(tx => registerBankKey(tx, bank.code, keyOf(sm2Signer('wharf-1')), actor))
  assert.equal((await findBankKey(database.db, 'wharf-1'))?.holder, bank.code)
  await inTx(tx => revokeKey(tx, 'wharf-1', actor))
  assert.ok((await findBankKey(database.db, 'wharf-1'))?.revoked_at)
  await assert.rejects(
    inTx(tx => revokeKey(tx, 'wharf-1', actor)),
    { code: 'bank.key-unknown' },
  )
  const audited = await database.db.selectFrom('audit_event').select('action').orderBy('seq').execute()
  assert.deepEqual(
    audited.map(({ action }) => action),
    ['bank.admitted', 'bank.admitted', 'bank-key.registered', 'bank-key.revoked'],
  )
})

test('a key of the treasury is not a bank’s', async () => {
  await inTx(tx => registerTreasuryKey(tx, keyOf(ed25519Signer('treasury-next')), actor))
  assert.ok(await findTreasuryKey(database.db, 'treasury-next'))
  assert.equal(await findBankKey(database.db, 'treasury-next'), undefined)
})

test('a key is registered once, for a bank that is on record, and must be one', async () => {
  const key = keyOf(ed25519Signer('next'))
  await inTx(tx => registerBankKey(tx, RIVERBANK, key, actor))
  for (const [bankCode, wrong, code] of [
    [RIVERBANK, key, 'bank.key-exists'],
    ['000000000000', { ...key, keyId: 'other' }, 'bank.unknown'],
    [RIVERBANK, { ...key, keyId: 'with space' }, 'bank.key-id-malformed'],
    [RIVERBANK, { ...key, keyId: 'other', publicKey: 'AAAA' }, 'bank.public-key-malformed'],
    [RIVERBANK, { ...key, keyId: 'other', algorithm: 'sm2' as const }, 'bank.public-key-malformed'],
  ] as const) {
    await assert.rejects(
      inTx(tx => registerBankKey(tx, bankCode, wrong, actor)),
      { code },
    )
  }
})
