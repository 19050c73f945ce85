import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { parcelsOf } from './faults.ts'
import { tellStory } from './story.ts'
import { fictionalWorld } from './testing/fictional-world.ts'
import { paymentOrder } from './testing/payment-order.ts'
import { Receiver } from './testing/receiver.ts'
import { StubPlatform } from './testing/stub-platform.ts'

const bin = join(import.meta.dirname, '../bin/millrace-bank.js')
const world = fictionalWorld(5, 30)
const length = { loans: 40, quarters: 4 }
const story = tellStory(world, length)
const size = ['--loans', '40', '--quarters', '4']

const oneYuan = paymentOrder('B-1', [
  { end_to_end_id: 'P', amount: '1.00', payee: '虚构', account_number: '1' },
])

function truthThrough(day: string): string[] {
  const receiver = new Receiver(world.enterprises.map(({ credit_code }) => credit_code))
  for (const parcel of parcelsOf(world, story, new Set())) if (parcel.day <= day) receiver.take(parcel)
  return receiver.truth()
}

suite('the program', () => {
  let folder: string
  let stub: StubPlatform
  let args: string[]
  const running: ChildProcess[] = []
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-bank-'))
    writeFileSync(join(folder, 'world.json'), JSON.stringify(world))
  })
  after(() => rmSync(folder, { recursive: true }))

  const withStub = (name: string, body: () => Promise<void>) =>
    test(name, async () => {
      stub = new StubPlatform(world)
      args = ['--platform', await stub.listen(), '--world', join(folder, 'world.json'), ...size]
      try {
        await body()
      } finally {
        for (const child of running.splice(0)) child.kill('SIGKILL')
        await stub.close()
      }
    })

  function start(...more: string[]) {
    const child = spawn(process.execPath, [bin, ...args, ...more], { stdio: ['ignore', 'pipe', 'pipe'] })
    running.push(child)
    let [out, err] = ['', '']
    child.stdout.on('data', chunk => {
      out += chunk
    })
    child.stderr.on('data', chunk => {
      err += chunk
    })
    const ended = once(child, 'close').then(() => ({ code: child.exitCode, out, err }))
    return { child, ended, err: () => err }
  }

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let turn = 0; turn < 2400; turn++) {
      if (await holds()) return
      await pause(25)
    }
    assert.fail('it did not come to that within a minute')
  }

  withStub('plays the whole story and ends with one JSON object', async () => {
    const { code, out, err } = await start('--json').ended
    assert.equal(code, 0, err)
    const played = JSON.parse(out)
    assert.deepEqual(played.messages, { accepted: story.messages.length, replayed: 0, refused: 0 })
    assert.equal(played.played_through, story.ends_on)
    assert.equal(played.loans, story.loans)
    assert.deepEqual(stub.receiver.truth(), truthThrough(story.ends_on))
  })

  withStub('comes to the same truth over HTTP with every fault', async () => {
    const { code, out, err } = await start('--faults', '--json').ended
    assert.equal(code, 0, err + out)
    const { messages, unexpected_refusals } = JSON.parse(out)
    assert.ok(messages.replayed > 0 && messages.refused > 0)
    assert.equal(unexpected_refusals, 0)
    assert.deepEqual(stub.receiver.truth(), truthThrough(story.ends_on))
  })

  withStub('plays on from where it was when it is started again', async () => {
    const state = join(folder, 'state.json')
    await start('--through', '2022-09-21', '--state', state).ended
    assert.deepEqual(stub.receiver.truth(), truthThrough('2022-09-21'))
    const before = stub.receiver.counts.applied
    const { out } = await start('--state', state, '--json').ended
    assert.deepEqual(JSON.parse(out).messages, {
      accepted: story.messages.length - before,
      replayed: 0,
      refused: 0,
    })
    assert.match(readFileSync(state, 'utf8'), new RegExp(story.ends_on))
  })

  withStub('follows the clock, pays what is ordered, and stops when it is told to', async () => {
    const follower = start('--follow', '--json')
    await until(() => stub.requests.length > 2)
    stub.businessDate = '2022-08-15'
    const truth = truthThrough('2022-08-15')
    await until(() => stub.receiver.truth().length === truth.length)
    assert.deepEqual(stub.receiver.truth(), truth)
    stub.batches.set('id-1', oneYuan)
    await until(() => stub.receipts.length === 2)
    follower.child.kill('SIGTERM')
    const { code, out } = await follower.ended
    assert.equal(code, 0)
    assert.equal(JSON.parse(out).played_through, '2022-08-15')
  })

  withStub(
    'killed between its two receipts sends the second, and only that, when it is started again',
    async () => {
      stub.batches.set('id-1', oneYuan)
      const first = start('--control', '0')
      const reported = new Promise<void>(resolve => {
        stub.onReceipt = async () => {
          // Killed before it hears that its status report was taken.
          first.child.kill('SIGKILL')
          await first.ended
          resolve()
        }
      })
      await until(() => /http:\S+/.test(first.err()))
      const control = /http:\S+/.exec(first.err())?.[0] ?? ''
      await Promise.all([reported, fetch(`${control}/settle`, { method: 'POST' }).catch(() => {})])
      assert.equal(first.child.signalCode, 'SIGKILL')
      stub.onReceipt = async () => {}
      assert.deepEqual([...stub.acknowledged], ['id-1'])

      const { code, out } = await start('--through', '2022-05-12', '--json').ended
      assert.equal(code, 0)
      assert.deepEqual(JSON.parse(out).treasury, { batches: 1, paid: 1, rejected: 0 })
      assert.deepEqual(
        stub.receipts.map(xml => /xsd:(\w+\.\d+)/.exec(xml)?.[1]),
        ['pain.002', 'camt.054'],
      )
      assert.equal(stub.batches.size, 0)
    },
  )

  withStub('plays when the control asks for it, and answers when it has finished', async () => {
    const controlled = start('--control', '0', '--json')
    await until(() => /http:\S+/.test(controlled.err()))
    const control = /http:\S+/.exec(controlled.err())?.[0] ?? ''
    const post = (path: string, body: object) =>
      fetch(control + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const status = async () => (await fetch(`${control}/status`)).json()
    assert.deepEqual(Object.assign({ played_through: '' }, await status()).played_through, null)
    const played: unknown = await (await post('/play', { through: '2022-09-21' })).json()
    assert.deepEqual(played, await status())
    assert.deepEqual(stub.receiver.truth(), truthThrough('2022-09-21'))
    assert.equal((await post('/play', { through: 'soon' })).status, 400)
    stub.batches.set('id-1', oneYuan)
    assert.deepEqual(await (await post('/settle', {})).json(), { batches: 1, paid: 1, rejected: 0 })
    controlled.child.kill('SIGTERM')
    assert.equal((await controlled.ended).code, 0)
  })

  withStub('says what is wrong with its world, or with what it is asked', async () => {
    writeFileSync(join(folder, 'broken.json'), JSON.stringify({ ...world, from: 'May' }))
    const broken = await start('--world', join(folder, 'broken.json')).ended
    assert.equal(broken.code, 1)
    assert.match(broken.err, /world\.from is "May"; it should be a date such as "2022-05-11"/)
    const unknown = await start('--faults', 'gremlins').ended
    assert.equal(unknown.code, 1)
    assert.match(unknown.err, /"gremlins" is not a fault/)
  })

  withStub('says what it expects, without a platform', async () => {
    args = ['expect', '--world', join(folder, 'world.json'), ...size]
    const { code, out } = await start('--claims', '--evaluated-on', '2022-12-31,2023-03-31').ended
    assert.equal(code, 0)
    const { total_fen, claims } = JSON.parse(out)
    const total = claims.reduce(
      (sum: bigint, claim: { payable_fen: string }) => sum + BigInt(claim.payable_fen),
      0n,
    )
    assert.equal(total_fen, total.toString())
    assert.ok(total > 0n)
  })
})
