import { Command, InvalidArgumentError, Option } from 'commander'
import type { Installation } from '../app/installation.ts'
import {
  admitBank,
  listBankKeys,
  registerBankKey,
  registerTreasuryKey,
  revokeKey,
} from '../exchange/index.ts'
import { isBankCode } from '../funds/index.ts'
import { isDate, type PlainDate } from '../platform/dates.ts'
import { inTransaction, type Tx } from '../platform/db/index.ts'
import { columns } from './box.ts'
import { printJson } from './output.ts'

const ACTOR = { name: 'command line', role: 'system' } as const

/**
 * `millrace bank …`: which banks cooperate, and the keys with which banks and the treasury sign.
 *
 * @param open opens the data for one command
 */
export function bankCommand(open: () => Promise<Installation>): Command {
  const bank = new Command('bank').description('banks and the keys with which they sign')
  const on = (work: (tx: Tx) => Promise<void>, done: string) => async () => {
    const { database, close } = await open()
    try {
      await inTransaction(database.db, work)
      console.log(done)
    } finally {
      await close()
    }
  }
  bank
    .command('add <code>')
    .description('put a bank on record by its CNAPS code, or change what is on record of it')
    .requiredOption('--name <name>', 'its full name')
    .requiredOption('--short-name <name>', 'as it is called')
    .option('--from <date>', 'first day on which a loan that it grants counts', day)
    .option('--to <date>', 'last such day', day)
    .action((code, { name, shortName, from = null, to = null }) => {
      const row = { code: bankCode(code), name, shortName, cooperatingFrom: from, cooperatingTo: to }
      return on(tx => admitBank(tx, row, ACTOR), `${code} ${name}`)()
    })
  bank
    .command('key <code> <key-id>')
    .description('register a key of a bank; the word treasury in place of a code: of the treasury')
    .addOption(algorithm())
    .requiredOption('--public-key <text>', 'ed25519: 32 bytes in base64; sm2: the point 04… in hexadecimal')
    .action((code, keyId, { algorithm, publicKey }) => {
      const key = { keyId, algorithm, publicKey }
      const register = (tx: Tx) =>
        code === 'treasury' ? registerTreasuryKey(tx, key, ACTOR) : registerBankKey(tx, code, key, ACTOR)
      return on(register, `${code} ${keyId}`)()
    })
  bank
    .command('revoke <key-id>')
    .description('take a key out of force for good')
    .action(keyId => on(tx => revokeKey(tx, keyId, ACTOR), keyId)())
  bank
    .command('keys')
    .description('the keys of banks, those in force first')
    .option('--json', 'print one JSON document', false)
    .action(async ({ json }: { json: boolean }) => {
      const { database, close } = await open()
      try {
        const keys = await listBankKeys(database.db, undefined)
        if (json) return printJson({ keys })
        const rows = keys.map(({ bank_code, bank_name, key_id, algorithm, fingerprint, revoked_at }) => [
          ...[bank_code, bank_name, key_id, algorithm, fingerprint],
          revoked_at ? '已停用 revoked' : '在用 in force',
        ])
        console.log(columns(rows).join('\n'))
      } finally {
        await close()
      }
    })
  for (const command of bank.commands) command.exitOverride()
  return bank
}

function algorithm(): Option {
  return new Option('--algorithm <name>', 'of the key').choices(['ed25519', 'sm2']).default('ed25519')
}

function day(text: string): PlainDate {
  if (!isDate(text)) throw new InvalidArgumentError('a date such as 2022-01-05 is needed')
  return text
}

function bankCode(text: string): string {
  if (!isBankCode(text)) throw new InvalidArgumentError(`${text} is not a CNAPS code whose check digit holds`)
  return text
}
