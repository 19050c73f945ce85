/**
 * `@millrace/dmn/sql`: decisions as one set-based statement, for PostgreSQL or DuckDB.
 *
 * @module
 */
export { bulkProblems } from './bulk-problems.ts'
export type * from './query.ts'
export { toSql } from './to-sql.ts'
