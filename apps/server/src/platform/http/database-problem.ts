import { DomainError } from '../errors.ts'

/** The server cannot be reached, is stopping, starting or full of connections. Source: PostgreSQL, appendix A */
const AWAY = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08006',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
])
const DISK_FULL = '53100'

/** What the caller should know of a database that cannot do its work now; undefined for every other error. */
export function databaseProblem(error: unknown): DomainError | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === DISK_FULL) {
    return new DomainError({
      code: 'database.disk-full',
      status: 507,
      zh: '数据库所在磁盘已满，您提交的内容没有生效，已保存的数据不会丢失；请通知管理员腾出空间后重试。',
      en: 'The disk of the database is full. Nothing of yours took effect, and what was saved is safe: ask the administrator to free some space, and try again.',
    })
  }
  if (
    !AWAY.has(code) &&
    !/Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  ) {
    return undefined
  }
  return new DomainError({
    code: 'database.unavailable',
    status: 503,
    zh: '数据库暂时不可用，您提交的内容没有生效；请稍后重试。',
    en: 'The database is not available at the moment and nothing of yours took effect: try again shortly.',
  })
}
