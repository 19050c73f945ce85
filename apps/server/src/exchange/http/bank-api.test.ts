import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { MILLBANK, RIVERBANK } from '../../../../../test/bank-fixture.ts'
import { signedHeaders } from '../../../../../test/request-signer.ts'
import { applied, BankServer, type Document, message } from '../test/bank-server.ts'

describe('the bank API', () => {
  let server: BankServer
  before(async () => {
    server = await BankServer.start()
  })
  after(() => server.stop())

  describe('a single message', () => {
    it('is answered 200 when it is applied, and kept byte for byte', async () => {
      const body = `  ${message('S-1')}\n`
      const { status, document } = await server.single('S-1', body)
      assert.equal(status, 200)
      assert.deepEqual(document, { message_id: 'S-1', outcome: 'applied', replayed: false })
      const kept = await server.database.db
        .selectFrom('bank_message')
        .selectAll()
        .where('message_id', '=', 'S-1')
        .executeTakeFirstOrThrow()
      assert.equal(kept.body, body)
      assert.equal(kept.bank_code, RIVERBANK)
      assert.equal(kept.key_id, server.banks.riverbank.keyId)
      assert.match(kept.signature ?? '', /^sig1=:/)
    })

    it('signed with SM2 is taken as well', async () => {
      const { status } = await server.single('S-sm2', message('S-sm2'), { signer: server.banks.millbank })
      assert.equal(status, 200)
    })

    it('is answered 202 when it waits, in the language asked for', async () => {
      const { status, document } = await server.single('S-2', message('S-2', 'later'), {
        language: 'en-GB,en;q=0.9',
      })
      assert.equal(status, 202)
      assert.deepEqual(document, {
        message_id: 'S-2',
        outcome: 'waiting',
        replayed: false,
        code: 'parrot.silent',
        where: 'says',
        value: 'later',
        detail: 'waiting',
      })
      const again = await server.single('S-2', message('S-2', 'later'))
      assert.equal(again.status, 202)
      assert.equal(again.document.detail, '等待', 'the first answer, in the language of the second request')
      assert.equal(again.document.replayed, true)
    })

    it('sent again gets its first answer and is not applied again', async () => {
      await server.single('S-3')
      const before = applied.length
      const { status, document } = await server.single('S-3')
      assert.equal(status, 200)
      assert.deepEqual(document, { message_id: 'S-3', outcome: 'applied', replayed: true })
      assert.equal(applied.length, before)
    })

    it('with another body under a used identifier is refused with 409, and that is kept', async () => {
      await server.single('S-4')
      const { status, document } = await server.single('S-4', message('S-4', 'something else'))
      assert.equal(status, 409)
      assert.equal(document.code, 'bank.key-reused')
      const refusals = await server.refusalsOf('S-4')
      assert.deepEqual(refusals, [{ code: 'bank.key-reused', bank_code: RIVERBANK }])
    })

    it('of another bank may bear the same identifier', async () => {
      await server.single('S-5')
      const { status, document } = await server.single('S-5', message('S-5'), {
        signer: server.banks.millbank,
      })
      assert.equal(status, 200)
      assert.equal(document.replayed, false)
    })

    it('sent many times at once has exactly one effect', async () => {
      const before = applied.length
      const answers = await Promise.all(Array.from({ length: 20 }, () => server.single('S-6')))
      assert.equal(answers.filter(({ document }) => document.replayed === false).length, 1)
      assert.ok(answers.every(({ status }) => status === 200))
      assert.equal(applied.length, before + 1)
    })

    it('that is a fault of ours fails alone', async () => {
      const answers = await Promise.all([
        server.single('S-7'),
        server.single('S-fault', message('S-fault', 'fault')),
        ...Array.from({ length: 8 }, (_, index) => server.single(`S-7-${index}`)),
      ])
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 500, ...Array.from({ length: 8 }, () => 200)],
      )
    })

    const refused: [string, string | Buffer, string][] = [
      ['is not JSON', '{"message_id":', 'bank.message-malformed'],
      ['is no object', '["S-8"]', 'bank.message-malformed'],
      ['is empty', '', 'bank.message-malformed'],
      ['is not UTF-8', Buffer.from([0x7b, 0xb2, 0xe2, 0x7d]), 'bank.message-encoding'],
      ['has no identifier', '{"kind":"parrot"}', 'bank.message-id-malformed'],
      ['has an identifier that is a number', '{"message_id":8}', 'bank.message-id-malformed'],
      ['has an identifier with a space', '{"message_id":"S 8"}', 'bank.message-id-malformed'],
      ['has another key than its identifier', message('S-9'), 'bank.key-is-not-message-id'],
      ['is of no known kind', JSON.stringify({ message_id: 'S-8', kind: 'owl' }), 'bank.kind-unknown'],
      [
        'has a kind that is no text',
        JSON.stringify({ message_id: 'S-8b', kind: { a: 1 } }),
        'bank.kind-unknown',
      ],
    ]
    for (const [what, body, code] of refused) {
      it(`that ${what} is refused with 422`, async () => {
        const key = /"message_id":"(S-8b?)"/.exec(body.toString())?.[1] ?? 'S-8-key'
        const { status, document } = await server.post('/api/v1/bank/messages', body, key)
        assert.equal(status, 422)
        assert.equal(document.code, code)
        assert.ok(document.detail)
      })
    }

    it('of any text is answered, never a fault', async () => {
      let run = 0
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.json(),
            fc
              .record({
                kind: fc.constant('parrot'),
                loan_receipt: fc.string({ unit: 'binary' }),
                says: fc.jsonValue(),
              })
              .map(fields => JSON.stringify({ message_id: `S-any-${process.pid}-${++run}`, ...fields })),
          ),
          async body => {
            const key = /"message_id":"(S-any-[\d-]+)"/.exec(body)?.[1] ?? 'S-any'
            const { status } = await server.post('/api/v1/bank/messages', body, key)
            assert.ok([200, 202, 409, 422].includes(status), `${status} for ${body}`)
          },
        ),
        { numRuns: 150 },
      )
    })

    it('without an Idempotency-Key is refused with 400', async () => {
      const url = '/api/v1/bank/messages'
      const response = await fetch(server.origin + url, {
        method: 'POST',
        body: message('S-10'),
        headers: {
          'content-type': 'application/json',
          ...signedHeaders(server.banks.riverbank, { method: 'POST', url, body: message('S-10') }),
        },
      })
      assert.equal(response.status, 400)
      assert.equal(((await response.json()) as Document).code, 'bank.idempotency-key-missing')
    })
  })

  describe('who may speak', () => {
    it('nobody without a signature, and the refusal is kept', async () => {
      const response = await fetch(`${server.origin}/api/v1/bank/messages`, {
        method: 'POST',
        body: message('A-1'),
        headers: { 'content-type': 'application/json' },
      })
      assert.equal(response.status, 401)
      assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
      assert.equal(((await response.json()) as Document).code, 'bank.signature-missing')
    })

    it('nobody with a signature over another body', async () => {
      const url = '/api/v1/bank/messages'
      const signed = signedHeaders(server.banks.riverbank, {
        method: 'POST',
        url,
        body: message('A-2'),
        idempotencyKey: 'A-2',
      })
      const response = await fetch(server.origin + url, {
        method: 'POST',
        body: message('A-2', 'forged'),
        headers: { 'content-type': 'application/json', ...signed },
      })
      assert.equal(response.status, 401)
      assert.equal(((await response.json()) as Document).code, 'bank.digest-mismatch')
    })

    it('nobody with a signature of another path', async () => {
      const signed = signedHeaders(server.banks.riverbank, {
        method: 'POST',
        url: '/api/v1/bank/drops',
        body: message('A-3'),
        idempotencyKey: 'A-3',
      })
      const { status, document } = await server.single('A-3', message('A-3'), { headers: signed })
      assert.equal(status, 401)
      assert.equal(document.code, 'bank.signature-invalid')
    })

    it('not the treasury: its key is no bank’s', async () => {
      const { status, document } = await server.single('A-4', message('A-4'), {
        signer: server.banks.treasury,
      })
      assert.equal(status, 401)
      assert.equal(document.code, 'bank.key-unknown')
    })

    it('not a key that was revoked, a second later at the latest', async () => {
      const revoked = { ...server.banks.millbank }
      await server.single('A-5', message('A-5'), { signer: revoked })
      const revoke = (at: Date | null) =>
        server.database.db
          .updateTable('bank_key')
          .set({ revoked_at: at })
          .where('key_id', '=', revoked.keyId)
          .execute()
      await revoke(new Date())
      await new Promise(resolve => setTimeout(resolve, 1100))
      const { status, document } = await server.single('A-6', message('A-6'), { signer: revoked })
      assert.equal(status, 401)
      assert.equal(document.code, 'bank.key-revoked')
      await revoke(null)
      await new Promise(resolve => setTimeout(resolve, 1100))
    })

    it('a compressed body is refused: the digest is of what is sent', async () => {
      const { status } = await server.single('A-7', message('A-7'), {
        headers: { 'content-encoding': 'gzip' },
      })
      assert.equal(status, 415)
    })
  })

  it('keeps the banks apart', async () => {
    const { n } = await server.database.db
      .selectFrom('bank_message')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .where('bank_code', '=', MILLBANK)
      .executeTakeFirstOrThrow()
    assert.ok(n >= 2n)
  })
})
