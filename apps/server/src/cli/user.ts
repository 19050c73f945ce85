import { randomBytes } from 'node:crypto'
import { Command, Option } from 'commander'
import type { Installation } from '../app/installation.ts'
import { recordAudit } from '../platform/audit.ts'
import { createUser } from '../platform/auth/index.ts'
import { businessDate } from '../platform/clock.ts'
import { inTransaction } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { ROLES, type Role, STAFF } from '../platform/permissions.ts'
import { columns } from './box.ts'
import { printJson } from './output.ts'

interface AddOptions {
  readonly role: Role
  readonly name: string
  readonly bank?: string
  readonly enterprise?: string
  readonly town?: string
  readonly json: boolean
}

const ACTS_FOR = { bank: 'bank', enterprise: 'enterprise', town: 'town' } as const

/**
 * `millrace user …`: who may sign in. The first people of an installation are put on record here.
 *
 * @param open opens the data for one command
 */
export function userCommand(open: () => Promise<Installation>): Command {
  const user = new Command('user').description('people who may sign in')
  user
    .command('add <e-mail>')
    .description(
      'make an account; its password, and for staff the secret of the second factor, are shown once',
    )
    .addOption(new Option('--role <role>', 'what its holder does').choices(ROLES).makeOptionMandatory())
    .requiredOption('--name <name>', 'the name of its holder')
    .option('--bank <code>', 'role bank: the bank that its holder acts for')
    .option('--enterprise <credit-code>', 'role enterprise: the enterprise that its holder acts for')
    .option('--town <code>', 'role town: the town that its holder acts for')
    .option('--json', 'print one JSON document', false)
    .action((email: string, options: AddOptions) => onData(open, data => addUser(data, email, options)))
  user
    .command('list')
    .description('the accounts of the city')
    .option('--json', 'print one JSON document', false)
    .action(({ json }: { json: boolean }) => onData(open, data => listUsers(data, json)))
  return user
}

async function onData(
  open: () => Promise<Installation>,
  work: (installation: Installation) => Promise<void>,
): Promise<void> {
  const installation = await open()
  try {
    await work(installation)
  } finally {
    await installation.close()
  }
}

async function addUser(
  { database, auth, city }: Installation,
  email: string,
  options: AddOptions,
): Promise<void> {
  const { role, name } = options
  requireWhomFor(options)
  const { db } = database
  const taken = await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst()
  if (taken) throw alreadyThere(email)
  const password = randomBytes(12).toString('base64url')
  const secret = STAFF.includes(role) ? randomBytes(20).toString('hex') : undefined
  await createUser(database, auth, {
    email,
    name,
    role,
    password,
    cityCode: city.code,
    ...(options.bank === undefined ? {} : { bankCode: options.bank }),
    ...(options.enterprise === undefined ? {} : { creditCode: options.enterprise }),
    ...(options.town === undefined ? {} : { townCode: options.town }),
    ...(secret === undefined ? {} : { secondFactorSecret: secret }),
  })
  await inTransaction(db, async tx =>
    recordAudit(tx, {
      actor: { name: 'command line', role: 'system' },
      businessDate: await businessDate(tx),
      action: 'user.created',
      subjectKind: 'user',
      subjectId: email,
      detail: { role },
    }),
  )
  const authenticator = secret === undefined ? null : authenticatorAddress(email, secret)
  if (options.json) return printJson({ email, role, password, authenticator })
  console.log(
    columns([
      ['账号 e-mail', email],
      ['口令 password', password],
      ...(authenticator === null ? [] : [['动态口令 authenticator', authenticator]]),
    ]).join('\n'),
  )
}

async function listUsers({ database, city }: Installation, json: boolean): Promise<void> {
  const users = await database.db
    .selectFrom('user')
    .select(['email', 'name', 'role', 'bank_code', 'credit_code', 'town_code', 'two_factor_enabled'])
    .where('city_code', '=', city.code)
    .orderBy('email')
    .execute()
  if (json) return printJson({ users })
  const rows = users.map(({ email, name, role, bank_code, credit_code, town_code }) => [
    ...[email, name, role, bank_code ?? credit_code ?? town_code ?? ''],
  ])
  console.log(columns(rows).join('\n'))
}

/** What an authenticator app reads, typed in or as a QR code. Source: the key URI format of Google Authenticator */
function authenticatorAddress(email: string, secret: string): string {
  return `otpauth://totp/Millrace:${encodeURIComponent(email)}?secret=${base32(secret)}&issuer=Millrace`
}

/** RFC 4648 without padding. */
function base32(text: string): string {
  const bits = [...Buffer.from(text)].map(byte => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map(five => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

function requireWhomFor(options: AddOptions): void {
  for (const option of Object.values(ACTS_FOR)) {
    if ((options.role === option) === (options[option] !== undefined)) continue
    throw new DomainError({
      code: 'user.acts-for-whom',
      value: options.role,
      where: `--${option}`,
      zh: `角色 bank、enterprise、town 各需且只需对应的 --bank、--enterprise、--town；其他角色都不需要。`,
      en: 'The roles bank, enterprise and town each need --bank, --enterprise or --town of their own, and the other roles none.',
    })
  }
}

function alreadyThere(email: string): DomainError {
  return new DomainError({
    code: 'user.exists',
    value: email,
    zh: `账号 ${email} 已经存在。`,
    en: `There is an account ${email} already.`,
  })
}
