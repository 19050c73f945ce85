import type pg from 'pg'
import { DomainError } from '../errors.ts'

const SUPPORTED = { least: 15, most: 18 }

/**
 * Whether Millrace runs on this database.
 *
 * @throws DomainError `database.version-unsupported`, `database.encoding-unsupported`
 */
export async function requireSupported(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: string; major: number; encoding: string; name: string }>(
    `select split_part(current_setting('server_version'), ' ', 1) as version,
            current_setting('server_version_num')::int / 10000 as major,
            current_setting('server_encoding') as encoding, current_database() as name`,
  )
  const [database] = rows
  if (!database) return
  const { version, major, encoding, name } = database
  if (major < SUPPORTED.least || major > SUPPORTED.most) {
    const { least, most } = SUPPORTED
    throw new DomainError({
      code: 'database.version-unsupported',
      value: version,
      zh: `Millrace 需要 PostgreSQL ${least} 至 ${most}，这个数据库是 ${version}：请升级它，或不设 DATABASE_URL，使用内置的数据库。`,
      en: `Millrace needs PostgreSQL ${least} to ${most}, this is ${version}: upgrade it, or leave DATABASE_URL unset and use the embedded one.`,
    })
  }
  if (encoding === 'UTF8') return
  throw new DomainError({
    code: 'database.encoding-unsupported',
    value: encoding,
    zh: `数据库“${name}”的编码是 ${encoding}，Millrace 需要 UTF8：请执行 create database … template template0 encoding 'UTF8'; 另建一个。`,
    en: `The database "${name}" is encoded in ${encoding}, Millrace needs UTF8: make another one with create database … template template0 encoding 'UTF8';`,
  })
}
