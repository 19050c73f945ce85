import { createHmac } from 'node:crypto'

/** The application's database role: it reads and adds, and cannot edit history. */
export const APP_ROLE = 'millrace_app'

/**
 * The application role's password, derived from the owner's connection: any number of processes that share a
 * `DATABASE_URL` agree on it without storing one more secret.
 */
export function appPassword(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  return createHmac('sha256', decodeURIComponent(url.password)).update(APP_ROLE).digest('base64url')
}

/** The same server and database, as the application's role. */
export function appUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  url.password = appPassword(ownerUrl)
  url.username = APP_ROLE
  return url.href
}

/** The same server and credentials, another database. */
export function withDatabase(connectionUrl: string, database: string): string {
  const url = new URL(connectionUrl)
  url.pathname = `/${database}`
  return url.href
}
