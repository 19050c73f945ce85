import { sql } from 'kysely'
import { recordAudit, type SystemActor } from '../../platform/audit.ts'
import { businessDate } from '../../platform/clock.ts'
import type { PlainDate } from '../../platform/dates.ts'
import type { Tx } from '../../platform/db/index.ts'
import { DomainError } from '../../platform/errors.ts'
import type { Actor } from '../../platform/permissions.ts'
import { getPublicKey } from '../signatures/signing-keys.ts'

export interface BankToAdmit {
  /** CNAPS bank code. */
  readonly code: string
  readonly name: string
  readonly shortName: string
  /** First day on which a loan that it grants counts for the programme; null: never. */
  readonly cooperatingFrom: PlainDate | null
  readonly cooperatingTo: PlainDate | null
}

/** Puts a bank on record, or changes what is on record of it. */
export async function admitBank(tx: Tx, bank: BankToAdmit, actor: Actor | SystemActor): Promise<void> {
  const row = {
    name: bank.name,
    short_name: bank.shortName,
    cooperating_from: bank.cooperatingFrom,
    cooperating_to: bank.cooperatingTo,
  }
  await tx
    .insertInto('bank')
    .values({ code: bank.code, ...row })
    .onConflict(conflict => conflict.column('code').doUpdateSet(row))
    .execute()
  await audit(tx, actor, 'bank.admitted', 'bank', bank.code)
}

export interface KeyToRegister {
  readonly keyId: string
  readonly algorithm: 'ed25519' | 'sm2'
  /** ed25519: the raw 32 bytes in base64; sm2: the uncompressed point (04…) in hexadecimal. */
  readonly publicKey: string
}

const KEY_ID = /^[A-Za-z0-9._:-]{1,64}$/

/**
 * Registers a key of a bank, in force at once. A bank may have several: the next one is registered before the last
 * one is revoked.
 *
 * @throws DomainError `bank.unknown`, `bank.key-exists`, `bank.key-id-malformed`, `bank.public-key-malformed`
 */
export async function registerBankKey(
  tx: Tx,
  bankCode: string,
  key: KeyToRegister,
  actor: Actor | SystemActor,
): Promise<void> {
  requireWellFormed(key)
  const bank = await tx.selectFrom('bank').select('code').where('code', '=', bankCode).executeTakeFirst()
  if (!bank) throw bankUnknown(bankCode)
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('bank_key')
    .values({ key_id: key.keyId, bank_code: bankCode, algorithm: key.algorithm, public_key: key.publicKey })
    .onConflict(conflict => conflict.column('key_id').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) throw keyExists(key.keyId)
  await audit(tx, actor, 'bank-key.registered', 'bank_key', key.keyId)
}

/**
 * Registers a key of the treasury, in force at once.
 *
 * @throws DomainError `bank.key-exists`, `bank.key-id-malformed`, `bank.public-key-malformed`
 */
export async function registerTreasuryKey(
  tx: Tx,
  key: KeyToRegister,
  actor: Actor | SystemActor,
): Promise<void> {
  requireWellFormed(key)
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('treasury_key')
    .values({ key_id: key.keyId, algorithm: key.algorithm, public_key: key.publicKey })
    .onConflict(conflict => conflict.column('key_id').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) throw keyExists(key.keyId)
  await audit(tx, actor, 'treasury-key.registered', 'treasury_key', key.keyId)
}

/**
 * Takes a key out of force for good; every process refuses it a second later at the latest. What it has signed
 * stands.
 *
 * @throws DomainError 404 `bank.key-unknown` when neither a bank nor the treasury has it in force
 */
export async function revokeKey(tx: Tx, keyId: string, actor: Actor | SystemActor): Promise<void> {
  for (const [table, kind] of [
    ['bank_key', 'bank-key'],
    ['treasury_key', 'treasury-key'],
  ] as const) {
    const { numUpdatedRows } = await tx
      .updateTable(table)
      .set({ revoked_at: sql<Date>`now()` })
      .where('key_id', '=', keyId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) continue
    await audit(tx, actor, `${kind}.revoked`, table, keyId)
    return
  }
  throw new DomainError({
    code: 'bank.key-unknown',
    value: keyId,
    zh: `没有正在使用的密钥“${keyId}”。`,
    en: `No key "${keyId}" is in force.`,
    status: 404,
  })
}

async function audit(
  tx: Tx,
  actor: Actor | SystemActor,
  action: string,
  subjectKind: string,
  subjectId: string,
): Promise<void> {
  await recordAudit(tx, { actor, businessDate: await businessDate(tx), action, subjectKind, subjectId })
}

function requireWellFormed({ keyId, algorithm, publicKey }: KeyToRegister): void {
  getPublicKey(algorithm, publicKey)
  if (KEY_ID.test(keyId)) return
  throw new DomainError({
    code: 'bank.key-id-malformed',
    where: 'key_id',
    value: keyId,
    zh: '密钥编号至多 64 个字符（A-Z a-z 0-9 . _ : -）。',
    en: 'A key id has at most 64 characters of A-Z a-z 0-9 . _ : -',
  })
}

function bankUnknown(code: string): DomainError {
  return new DomainError({
    code: 'bank.unknown',
    where: 'bank_code',
    value: code,
    zh: `没有登记行号为 ${code} 的银行：请先登记银行。`,
    en: `No bank has the code ${code}: put the bank on record first.`,
  })
}

function keyExists(keyId: string): DomainError {
  return new DomainError({
    code: 'bank.key-exists',
    where: 'key_id',
    value: keyId,
    zh: `密钥编号 ${keyId} 已经用过：请换一个，密钥不能改，只能换新。`,
    en: `The key id ${keyId} has been used: choose another; keys are replaced, never changed.`,
    status: 409,
  })
}
