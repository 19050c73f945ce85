import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import {
  binariesIn,
  type EmbeddedServer,
  startEmbeddedServer,
} from '../../apps/server/src/platform/db/index.ts'
import { dataDirectory, startInVain } from '../start/server-process.ts'
import { folderOf } from './servers.ts'

const folder = folderOf(14)

suite('PostgreSQL 14 that DATABASE_URL names', { skip: folder ? false : 'is not published here' }, () => {
  let server: EmbeddedServer | undefined
  after(() => server?.stop())

  test('is refused with the versions that are needed', async () => {
    server = await startEmbeddedServer({
      directory: join(dataDirectory(), 'postgres'),
      password: 'test',
      durable: false,
      binaries: binariesIn(folder ?? ''),
    })
    const env = { DATABASE_URL: server.ownerUrl }
    const { code, output } = await startInVain({ dataDir: dataDirectory(), env })
    assert.equal(code, 6, output)
    assert.match(output, /needs PostgreSQL 15 to 18, this is 14\.\d+/)
    assert.match(output, /需要 PostgreSQL 15 至 18，这个数据库是 14\.\d+/)
  })
})
