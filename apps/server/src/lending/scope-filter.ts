import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../platform/permissions.ts'

/** Narrows a query over claims, loans or anything with their columns to what the actor reaches. */
export function withinScope(
  scope: Scope,
  columns: { readonly organisation: string; readonly bank: string; readonly town: string },
): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'all':
      return sql`true`
    case 'bank':
      return sql`${sql.ref(columns.bank)} = ${scope.bankCode}`
    case 'town':
      return sql`${sql.ref(columns.town)} = ${scope.townCode}`
    case 'organisation':
      return sql`${sql.ref(columns.organisation)} = (select id from organisation where credit_code = ${scope.creditCode})`
    default:
      return scope satisfies never
  }
}
