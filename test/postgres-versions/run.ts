import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { folderOf } from './servers.ts'

const HERE = import.meta.dirname
const ROOT = join(HERE, '../..')

/** What talks most to the database, besides the story on DATABASE_URL. PostgreSQL 18 runs them in `npm test`. */
const HEAVY = [
  'packages/dmn/test/parity.test.ts',
  'packages/dmn/test/parity-policy.test.ts',
  'apps/server/src/funds/**/*.test.ts',
  'apps/server/src/registry/*.test.ts',
  'apps/server/src/lending/determine-claims.test.ts',
  'apps/server/src/platform/evidence/*.test.ts',
]
const STORY = ['test/postgres-versions/on-each.suite.ts', 'test/postgres-versions/restore.suite.ts']
/** Needs saying once. */
const TOO_OLD = 'test/postgres-versions/too-old.suite.ts'

/**
 * `npm run test:postgres [majors]`: installs the servers, which no other command needs, and runs on each what must
 * hold on each. Exit code 1 when any fails.
 */
const wanted = process.argv.slice(2).map(Number)
execFileSync('npm', ['ci', '--prefix', HERE, '--no-audit', '--no-fund', '--loglevel=error'], {
  stdio: 'inherit',
})
const failed: number[] = []
for (const major of [15, 16, 17, 18]) {
  if (wanted.length > 0 && !wanted.includes(major)) continue
  const started = performance.now()
  const ok = runOn(major)
  if (!ok) failed.push(major)
  const seconds = Math.round((performance.now() - started) / 1000)
  console.log(`== PostgreSQL ${major}: ${ok ? 'passed' : 'FAILED'} in ${seconds} s\n`)
}
if (failed.length > 0) process.exitCode = 1

function runOn(major: number): boolean {
  // 18 is the one that comes with the program.
  const folder = major === 18 ? '' : folderOf(major)
  if (folder === undefined) {
    console.log(
      `PostgreSQL ${major} is not published for ${process.platform}-${process.arch}: not tested here`,
    )
    return true
  }
  const env = {
    ...process.env,
    DATABASE_URL: '',
    MILLRACE_TEST_POSTGRES: folder,
    MILLRACE_TEST_POSTGRES_MAJOR: String(major),
  }
  const files = major === 18 ? [...STORY, TOO_OLD] : [...HEAVY, ...STORY]
  const flags = ['--test', '--test-reporter=dot', '--test-global-setup=./test/global-setup.ts']
  return spawnSync(process.execPath, [...flags, ...files], { cwd: ROOT, env, stdio: 'inherit' }).status === 0
}
