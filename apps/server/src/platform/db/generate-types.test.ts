import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { TEST_CITY, testDatabase } from '../../../../../test/database.ts'
import { generateTypes } from './generate-types.ts'

const FILE = join(import.meta.dirname, 'schema.generated.ts')

it('the types of the tables are those of the migrated database (npm run db-types writes them)', async () => {
  const { ownerUrl } = await testDatabase()
  const types = generateTypes(ownerUrl, TEST_CITY.code)
  if (process.env.MILLRACE_WRITE_TYPES === '1') writeFileSync(FILE, types)
  assert.equal(readFileSync(FILE, 'utf8'), types, 'run: npm run db-types')
})
