import pg from 'pg'
import { citySchema } from '../apps/server/src/platform/db/index.ts'
import { TEST_CITY } from './test-city.ts'

/** Works as the owner of the test city's tables: for what the application itself may not do. */
export async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    options: `-c search_path=${citySchema(TEST_CITY.code)},millrace`,
  })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
