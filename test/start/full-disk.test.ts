import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import pg from 'pg'
import { checkDigit } from '../../apps/server/src/registry/index.ts'
import { millrace } from './command.ts'
import { answers, startServer } from './server-process.ts'

const mount = mkdtempSync(join(tmpdir(), 'millrace-full-'))
const MB = 1 << 20

/** A disk of 200 MB of its own, or why there is none. */
function smallDisk(): string | false {
  if (process.platform !== 'linux') return 'small disks are made with tmpfs, which is of Linux'
  if (process.getuid?.() !== 0) return 'only root may mount a small disk'
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m,mode=755', 'tmpfs', mount], { stdio: 'pipe' })
    return false
  } catch {
    return 'mounting is not allowed here'
  }
}
const skip = smallDisk()

after(() => {
  if (!skip) execFileSync('umount', ['--lazy', mount])
  rmSync(mount, { recursive: true, force: true })
})

const filler = join(mount, 'filler')

/** Fills the disk to the last byte. */
function fill(): void {
  const file = openSync(filler, 'a')
  try {
    for (let size = MB; size >= 1; ) {
      try {
        writeSync(file, Buffer.alloc(size))
      } catch {
        size = Math.floor(size / 2)
      }
    }
  } finally {
    closeSync(file)
  }
}

function registryFile(name: string, rows: number): string {
  const file = join(tmpdir(), `${name}-${process.pid}.csv`)
  const lines = Array.from({ length: rows }, (_, index) => {
    const body = `91990100MA${String(index).padStart(6, '0')}0`
    return `第${index}机械厂有限公司,${body}${checkDigit(body)}`
  })
  writeFileSync(file, `名称,信用代码\n${lines.join('\n')}\n`)
  after(() => rmSync(file))
  return file
}

async function connectTo(dataDir: string): Promise<pg.Client> {
  const { database_password } = JSON.parse(readFileSync(join(dataDir, 'secret'), 'utf8'))
  const { database_port } = JSON.parse(readFileSync(join(dataDir, 'instance.json'), 'utf8'))
  const client = new pg.Client({
    connectionString: `postgres://millrace_owner:${database_password}@127.0.0.1:${database_port}/millrace`,
    options: '-c search_path=city_990100,millrace',
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

suite('a disk that is full', { skip }, () => {
  test('stops the work with a clear word, loses nothing, and the work goes on when there is room', async () => {
    const dataDir = join(mount, 'data')
    mkdirSync(dataDir, { mode: 0o755 })
    const few = registryFile('few', 5)
    const many = registryFile('many', 60_000)
    const server = await startServer({ dataDir })
    const first = await millrace(dataDir, 'import', 'organisations', few, '--json')
    assert.equal(first.code, 0, first.stderr)

    fill()
    const refused = await millrace(dataDir, 'import', 'organisations', few)
    assert.equal(refused.code, 6)
    assert.match(refused.stderr, /磁盘已满.*The disk is full .*free some space.*\(disk\.full\)/s)

    // Room to begin with, and not to finish: it fails in the database, as its tables or as its log.
    truncateSync(filler, statSync(filler).size - 8 * MB)
    const halfway = await millrace(dataDir, 'import', 'organisations', many)
    assert.equal(halfway.code, 6, halfway.stderr)
    assert.match(halfway.stderr, /nothing of yours took effect.*\(database\.(disk-full|unavailable)\)/is)

    // Where the database cannot write its log it ends; it is waited for.
    fill()
    await endByItsLog(dataDir)
    await answers(`${server.address}/ready`, 503)
    assert.equal((await fetch(`${server.address}/health`)).status, 200)
    await said(server.output, /the disk is full: the database is started as soon as there is room/)

    rmSync(filler)
    await answers(`${server.address}/ready`, 200)
    const owner = await connectTo(dataDir)
    const { rows } = await owner.query('select count(*)::int as organisations from organisation')
    await owner.end()
    assert.deepEqual(rows, [{ organisations: 5 }], 'what was taken is there, and nothing of what was refused')
    const verified = await millrace(dataDir, 'verify', '--json')
    assert.equal(JSON.parse(verified.stdout).holds, true)
    const taken = await millrace(dataDir, 'import', 'organisations', many, '--json')
    assert.equal(taken.code, 0, taken.stderr)
    assert.deepEqual([JSON.parse(taken.stdout).created, JSON.parse(taken.stdout).rejected], [59_995, 0])
    assert.equal(await server.end('SIGTERM'), 0)
  })

  test('at the start is said, and the start succeeds when there is room', async () => {
    const dataDir = join(mount, 'data')
    fill()
    const { code, stderr } = await millrace(dataDir, 'verify')
    assert.equal(code, 6)
    assert.match(stderr, /\(disk\.full\)/)
    rmSync(filler)
    assert.equal((await millrace(dataDir, 'verify')).code, 0)
  })
})

/** Makes the database begin new files of its log until it ends, unless it has ended already. */
async function endByItsLog(dataDir: string): Promise<void> {
  try {
    const owner = await connectTo(dataDir)
    for (let segment = 0; segment < 40; segment++) {
      await owner.query(`select pg_switch_wal(); update platform_clock set business_date = null`)
    }
  } catch {
    return
  }
  throw new Error('the database wrote 40 files of its log on a full disk')
}

async function said(output: () => string, words: RegExp): Promise<void> {
  for (let attempt = 0; attempt < 1_000; attempt++) {
    if (words.test(output())) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  assert.match(output(), words)
}
