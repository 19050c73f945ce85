import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { z } from 'zod'
import { parseYuan } from '../../apps/server/src/platform/money.ts'

const run = promisify(execFile)
const MAIN = join(import.meta.dirname, '../../apps/server/src/main.ts')

/** Yuan with two decimals, read as fen. */
const Yuan = z
  .string()
  .regex(/^-?\d+\.\d\d$/)
  .transform(parseYuan)

const Story = z.object({
  organisations: z.number(),
  loans: z.number(),
  messages: z.object({ accepted: z.number(), replayed: z.number(), refused: z.number() }),
  unexpected_refusals: z.number(),
  claims: z.record(z.string(), z.number()),
  paid: z.array(z.object({ bank_code: z.string(), quarter: z.string(), amount: Yuan })),
  paid_fen: z.number(),
  expected_fen: z.number(),
  difference_fen: z.number(),
  journal: z.object({ moved: z.record(z.string(), Yuan), balance: z.record(z.string(), Yuan) }),
  verification: z.object({ holds: z.boolean(), claims: z.number(), sealed_rows: z.number() }),
})

async function play(...flags: string[]): Promise<z.infer<typeof Story>> {
  const size = ['--organisations', '150', '--loans', '90', '--quarters', '3', '--seed', '5']
  const { stdout } = await run(process.execPath, [MAIN, 'demo', '--json', ...size, ...flags])
  return Story.parse(JSON.parse(stdout))
}

suite('the story of three quarters, over HTTP, on a database of its own', () => {
  let quiet: z.infer<typeof Story>
  before(async () => {
    quiet = await play()
  })

  test('pays what the bank’s independent model says, to the fen', () => {
    assert.equal(quiet.difference_fen, 0)
    assert.ok(quiet.paid_fen > 0)
    assert.equal(quiet.unexpected_refusals, 0)
    assert.equal(
      quiet.paid.reduce((sum, { amount }) => sum + amount, 0n),
      BigInt(quiet.paid_fen),
    )
  })

  test('decides with every answer that data can give, and leaves every account at rest', () => {
    assert.ok((quiet.claims.eligible ?? 0) > 0)
    assert.ok((quiet.claims.ineligible ?? 0) > 0)
    assert.ok((quiet.claims.unknown ?? 0) > 0)
    const { held, ordered, ...others } = quiet.journal.balance
    assert.deepEqual([held, ordered], [0n, 0n])
    assert.equal(
      Object.values(others).reduce((sum, fen) => sum + fen, 0n),
      0n,
    )
  })

  test('can be verified afterwards: claims, accounts and seals', () => {
    assert.equal(quiet.verification.holds, true)
    assert.equal(
      quiet.verification.claims,
      Object.values(quiet.claims).reduce((sum, count) => sum + count, 0),
    )
    assert.ok(quiet.verification.sealed_rows > quiet.messages.accepted)
  })

  test('ends in the same money under every fault of the bank', async () => {
    const faulty = await play('--faults')
    assert.ok(faulty.messages.replayed > 0)
    assert.ok(faulty.messages.refused > 0)
    assert.equal(faulty.unexpected_refusals, 0)
    assert.deepEqual(faulty.paid, quiet.paid)
    assert.deepEqual(faulty.claims, quiet.claims)
    assert.equal(faulty.difference_fen, 0)
  })
})
