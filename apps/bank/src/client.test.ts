import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { deliver } from './client.ts'
import { type Parcel, pack } from './parcels.ts'
import { Platform, PlatformUnavailableError } from './platform.ts'
import { signedHeaders, signerOf } from './signature.ts'
import { tellStory } from './story.ts'
import { fictionalWorld } from './testing/fictional-world.ts'
import { StubPlatform, signatureBase, verifierOf } from './testing/stub-platform.ts'
import type { SigningKey } from './world.ts'

const world = fictionalWorld(3, 40)
const parcels = pack(world, tellStory(world, { loans: 60, quarters: 3 }).messages)

function findParcel(channel: Parcel['channel'], rows: number): Parcel {
  const found = parcels.find(parcel => parcel.channel === channel && parcel.messages.length >= rows)
  assert.ok(found, `no ${channel} parcel of ${rows}`)
  return found
}

const signers = new Map(world.banks.map(bank => [bank.code, signerOf(bank)]))
const signerFor = ({ bank_code }: Parcel) => {
  const signer = signers.get(bank_code)
  assert.ok(signer)
  return signer
}

suite('a signature', () => {
  const keys: readonly SigningKey[] = world.banks.slice(0, 2)
  for (const key of keys) {
    test(`by ${key.algorithm} covers method, path, digest and key, and holds for nothing else`, () => {
      const headers = signedHeaders(
        {
          method: 'POST',
          path: '/api/v1/bank/messages',
          body: '{"虚构":1}',
          idempotency_key: 'MB-1',
          created: 1_655_800_000,
        },
        signerOf(key),
      )
      const signature = Buffer.from(headers.signature?.slice(6, -1) ?? '', 'base64')
      const holds = verifierOf(key)
      const base = signatureBase('POST', '/api/v1/bank/messages', headers)
      assert.equal(
        base.split('\n')[3],
        '"idempotency-key": "MB-1"',
        'the key is covered as it stands in its header, quotes and all',
      )
      assert.ok(holds(base, signature))
      assert.ok(!holds(base.replace('POST', 'GET'), signature))
      assert.ok(!holds(base.replace('MB-1', 'MB-2'), signature))
    })
  }

  test('is made as RFC 9421 writes it', () => {
    const [key] = keys
    assert.ok(key)
    const headers = signedHeaders(
      { method: 'GET', path: '/api/v1/clock', body: '', created: 1 },
      signerOf(key),
    )
    assert.equal(headers['content-digest'], 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:')
    assert.equal(
      headers['signature-input'],
      `sig1=("@method" "@path" "content-digest");created=1;keyid="${key.key_id}";alg="ed25519"`,
    )
    assert.equal(headers['idempotency-key'], undefined)
  })

  test('is not made with a key that is none', () => {
    assert.throws(
      () => signerOf({ key_id: 'k', algorithm: 'ed25519', private_key: 'AAAA' }),
      /key k must be a seed/,
    )
    assert.throws(
      () => signerOf({ key_id: 'k', algorithm: 'sm2', private_key: 'xyz' }),
      /64 hexadecimal digits/,
    )
  })
})

suite('the client', () => {
  let stub: StubPlatform
  let platform: Platform
  const quick = { delay_ms_first: 1, delay_ms_max: 5, attempts_max: 4 }
  before(async () => {
    stub = new StubPlatform(world)
    platform = new Platform(await stub.listen(), undefined, quick)
  })
  after(() => stub.close())

  const send = (parcel: Parcel) => deliver(platform, signerFor(parcel), parcel)

  test('has a single message applied, and given its first answer again', async () => {
    const parcel = findParcel('single', 1)
    assert.deepEqual((await send(parcel)).counts, { accepted: 1, replayed: 0, refused: 0 })
    assert.deepEqual((await send(parcel)).counts, { accepted: 0, replayed: 1, refused: 0 })
  })

  test('has every row of a file answered, signed by SM2 as by Ed25519, in NDJSON as in CSV', async () => {
    for (const parcel of [findParcel('ndjson', 2), findParcel('csv', 2)]) {
      assert.deepEqual((await send(parcel)).counts, {
        accepted: parcel.messages.length,
        replayed: 0,
        refused: 0,
      })
    }
  })

  test('cuts a file, and has the rest applied when it is sent whole', async () => {
    const parcel = { ...findParcel('ndjson', 3), key: 'to-be-cut', trouble: 'cut, then sent whole' as const }
    const renamed = {
      ...parcel,
      messages: parcel.messages.map(each => ({
        ...each,
        message: {
          ...each.message,
          message_id: `${each.message.message_id}-c`,
          loan_receipt: `${each.message.loan_receipt}-c`,
        },
      })),
    }
    const { counts, unexpected } = await send(renamed)
    const rows = parcel.messages.length
    assert.deepEqual([counts.refused, counts.replayed, counts.accepted], [1, rows - 1, rows])
    assert.deepEqual(unexpected, [])
  })

  test('is refused with a wrong signature, and taken with the right one', async () => {
    const parcel = { ...findParcel('csv', 2), trouble: 'signed wrongly, then rightly' as const }
    const { counts, unexpected } = await send(parcel)
    assert.deepEqual([counts.refused, counts.replayed], [1, parcel.messages.length])
    assert.deepEqual(unexpected, [])
  })

  test('hears on the second time what it missed on the first', async () => {
    const parcel = parcels.findLast(({ channel }) => channel === 'single')
    assert.ok(parcel)
    const { counts } = await send({ ...parcel, trouble: 'answer lost, then sent again' })
    assert.deepEqual(counts, { accepted: 0, replayed: 1, refused: 0 })
  })

  test('sends the same at once, and one of the two is a replay', async () => {
    const parcel = parcels.filter(({ channel }) => channel === 'single').at(-2)
    assert.ok(parcel)
    const { counts } = await send({ ...parcel, trouble: 'sent twice at once' })
    assert.deepEqual(counts, { accepted: 1, replayed: 1, refused: 0 })
  })

  test('tells of a refusal that should not be', async () => {
    const parcel = findParcel('single', 1)
    const [first] = parcel.messages
    assert.ok(first)
    const message = {
      ...first.message,
      message_id: 'NO-1',
      credit_code: 'nobody',
      kind: 'loan_granted',
    } as const
    const { counts, unexpected } = await send({
      ...parcel,
      key: 'NO-1',
      messages: [{ ...first, message }] as Parcel['messages'],
    })
    assert.equal(counts.refused, 1)
    assert.deepEqual(
      unexpected.map(({ message_id, status, code }) => [message_id, status, code]),
      [['NO-1', 422, 'bank.refused']],
    )
  })

  test('tries again, with the same key, when the platform is not ready', async () => {
    const parcel = findParcel('single', 1)
    stub.failNext.push(503, 429, 500)
    stub.requests.length = 0
    assert.equal((await send(parcel)).counts.replayed, 1)
    assert.equal(stub.requests.length, 4)
  })

  test('gives up in the end, and says after how many times', async () => {
    stub.failNext.push(503, 503, 503, 503)
    await assert.rejects(send(findParcel('single', 1)), /failed 4 times, the last time with: 503/)
    const nobody = new Platform('http://127.0.0.1:9', undefined, { ...quick, attempts_max: 2 })
    await assert.rejects(
      deliver(nobody, signerFor(findParcel('single', 1)), findParcel('single', 1)),
      PlatformUnavailableError,
    )
  })
})
