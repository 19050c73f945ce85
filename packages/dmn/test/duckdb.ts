import { DuckDBInstance } from '@duckdb/node-api'

export interface TestDuckDb {
  query(sql: string): Promise<readonly (readonly unknown[])[]>
  stop(): void
}

/** A database in memory, gone when it is stopped. */
export async function startDuckDb(): Promise<TestDuckDb> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  return {
    async query(sql) {
      const reader = await connection.runAndReadAll(sql)
      return reader.getRowsJson()
    },
    stop() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
