import pg from 'pg'
import { hasNoRoom } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { codeOf, diskFull } from './data-directory.ts'

/**
 * What the person who starts Millrace can do something about, said so; everything else is left as it is.
 *
 * Source: PostgreSQL error codes, appendix A
 */
export function explainFailure(error: unknown, dataDirectory: string): unknown {
  if (error instanceof DomainError && error.code !== 'database.start-failed') return error
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === '53100' || hasNoRoom(dataDirectory)) return diskFull(dataDirectory)
  if (!(error instanceof pg.DatabaseError)) return error
  if (code === '42501') {
    return new DomainError({
      code: 'database.missing-rights',
      value: error.message,
      zh: `数据库用户的权限不够（${error.message}）：它须能创建角色、模式和扩展 pg_trgm，并拥有已有的 Millrace 表。`,
      en: `The database user lacks a right (${error.message}): it must be able to create roles, schemas and the extension pg_trgm, and own the Millrace tables that exist.`,
    })
  }
  if (code === '0A000' || code === '58P01') {
    return new DomainError({
      code: 'database.missing-extension',
      value: error.message,
      zh: `数据库缺少扩展（${error.message}）：请在服务器上安装 postgresql-contrib（pg_trgm）。`,
      en: `The database lacks an extension (${error.message}): install postgresql-contrib (pg_trgm) on its server.`,
    })
  }
  return error
}
