import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { pino } from 'pino'
import { z } from 'zod'
import { type BankFixture, bankFixture, MILLBANK, RIVERBANK } from '../../../../../test/bank-fixture.ts'
import { TEST_CITY, type TestDatabase, testDatabase } from '../../../../../test/database.ts'
import { signedHeaders, type TestSigner } from '../../../../../test/request-signer.ts'
import { createAuth } from '../../platform/auth/index.ts'
import { createHttp } from '../../platform/http/index.ts'
import type { MessageHandler } from '../messages/message.ts'
import { messageProblem } from '../messages/problem.ts'
import { bankRoutes } from './bank-routes.ts'

/** A handler that knows no loan: it applies what says "ok", keeps the rest waiting, and fails on "fault". */
const parrot: MessageHandler = {
  kinds: ['parrot'],
  fields: ['message_id', 'kind', 'loan_receipt', 'occurred_on', 'says'],
  schema: z.object({ says: z.string() }),
  apply: async (_tx, { messages }) => {
    applied.push(...messages.map(({ messageId }) => messageId))
    if (messages.some(({ fields }) => fields.says === 'fault')) throw new Error('a fault of ours')
    return {
      answers: messages.map(({ fields }) =>
        fields.says === 'ok'
          ? { outcome: 'applied' }
          : {
              outcome: 'waiting',
              problem: messageProblem('parrot.silent', 'says', fields.says, '等待', 'waiting'),
            },
      ),
      changes: [],
    }
  },
}
const applied: string[] = []

type Document = Record<string, unknown>

async function waitUntil(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !holds(); turn++) await new Promise(resolve => setTimeout(resolve, 10))
  assert.ok(holds())
}

describe('the bank API', () => {
  let database: TestDatabase
  let banks: BankFixture
  let http: Awaited<ReturnType<typeof createHttp>>
  let origin = ''

  before(async () => {
    database = await testDatabase()
    banks = await bankFixture(database.ownerUrl)
    const auth = createAuth(database, 'a secret for tests that is long enough')
    const log = pino({ level: process.env.LOG ?? 'silent' })
    const city = { ...TEST_CITY, folder: '' }
    http = await createHttp({
      database,
      auth,
      city,
      log,
      demonstration: false,
      routes: [app => bankRoutes(app, [parrot])],
    })
    origin = await http.listen({ host: '127.0.0.1', port: 0 })
  })
  after(() => http.close())

  async function post(
    url: string,
    body: string | Buffer,
    key: string,
    {
      signer = banks.riverbank,
      type = 'application/json',
      language = 'zh',
      headers = {},
    }: {
      signer?: TestSigner
      type?: string
      language?: string
      headers?: Record<string, string>
    } = {},
  ): Promise<{ status: number; document: Document; type: string | null }> {
    const signed = signedHeaders(signer, { method: 'POST', url, body, idempotencyKey: key })
    const response = await fetch(origin + url, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'content-type': type, 'accept-language': language, ...signed, ...headers },
    })
    return {
      status: response.status,
      document: (await response.json()) as Document,
      type: response.headers.get('content-type'),
    }
  }

  const message = (id: string, says = 'ok', further: Document = {}) =>
    JSON.stringify({ message_id: id, kind: 'parrot', loan_receipt: 'L-1', says, ...further })
  const single = (id: string, body = message(id), options = {}) =>
    post('/api/v1/bank/messages', body, id, options)
  const drop = (key: string, body: string | Buffer, type = 'application/x-ndjson', options = {}) =>
    post('/api/v1/bank/drops', body, key, { type, ...options })
  const rowsOf = (document: Document) => document.answers as Document[]
  const codesOf = (document: Document) => rowsOf(document).map(row => row.code ?? row.outcome)

  describe('a single message', () => {
    it('is answered 200 when it is applied, and kept byte for byte', async () => {
      const body = `  ${message('S-1')}\n`
      const { status, document } = await single('S-1', body)
      assert.equal(status, 200)
      assert.deepEqual(document, { message_id: 'S-1', outcome: 'applied', replayed: false })
      const kept = await database.db
        .selectFrom('bank_message')
        .selectAll()
        .where('message_id', '=', 'S-1')
        .executeTakeFirstOrThrow()
      assert.equal(kept.body, body)
      assert.equal(kept.bank_code, RIVERBANK)
      assert.equal(kept.key_id, banks.riverbank.keyId)
      assert.match(kept.signature ?? '', /^sig1=:/)
    })

    it('signed with SM2 is taken as well', async () => {
      const { status } = await single('S-sm2', message('S-sm2'), { signer: banks.millbank })
      assert.equal(status, 200)
    })

    it('is answered 202 when it waits, in the language asked for', async () => {
      const { status, document } = await single('S-2', message('S-2', 'later'), {
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
      const again = await single('S-2', message('S-2', 'later'))
      assert.equal(again.status, 202)
      assert.equal(again.document.detail, '等待', 'the first answer, in the language of the second request')
      assert.equal(again.document.replayed, true)
    })

    it('sent again gets its first answer and is not applied again', async () => {
      await single('S-3')
      const before = applied.length
      const { status, document } = await single('S-3')
      assert.equal(status, 200)
      assert.deepEqual(document, { message_id: 'S-3', outcome: 'applied', replayed: true })
      assert.equal(applied.length, before)
    })

    it('with another body under a used identifier is refused with 409, and that is kept', async () => {
      await single('S-4')
      const { status, document } = await single('S-4', message('S-4', 'something else'))
      assert.equal(status, 409)
      assert.equal(document.code, 'bank.key-reused')
      const refusals = await refusalsOf('S-4')
      assert.deepEqual(refusals, [{ code: 'bank.key-reused', bank_code: RIVERBANK }])
    })

    it('of another bank may bear the same identifier', async () => {
      await single('S-5')
      const { status, document } = await single('S-5', message('S-5'), { signer: banks.millbank })
      assert.equal(status, 200)
      assert.equal(document.replayed, false)
    })

    it('sent many times at once has exactly one effect', async () => {
      const before = applied.length
      const answers = await Promise.all(Array.from({ length: 20 }, () => single('S-6')))
      assert.equal(answers.filter(({ document }) => document.replayed === false).length, 1)
      assert.ok(answers.every(({ status }) => status === 200))
      assert.equal(applied.length, before + 1)
    })

    it('that is a fault of ours fails alone', async () => {
      const answers = await Promise.all([
        single('S-7'),
        single('S-fault', message('S-fault', 'fault')),
        ...Array.from({ length: 8 }, (_, index) => single(`S-7-${index}`)),
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
        const { status, document } = await post('/api/v1/bank/messages', body, key)
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
            const { status } = await post('/api/v1/bank/messages', body, key)
            assert.ok([200, 202, 409, 422].includes(status), `${status} for ${body}`)
          },
        ),
        { numRuns: 150 },
      )
    })

    it('without an Idempotency-Key is refused with 400', async () => {
      const url = '/api/v1/bank/messages'
      const response = await fetch(origin + url, {
        method: 'POST',
        body: message('S-10'),
        headers: {
          'content-type': 'application/json',
          ...signedHeaders(banks.riverbank, { method: 'POST', url, body: message('S-10') }),
        },
      })
      assert.equal(response.status, 400)
      assert.equal(((await response.json()) as Document).code, 'bank.idempotency-key-missing')
    })
  })

  describe('who may speak', () => {
    it('nobody without a signature, and the refusal is kept', async () => {
      const response = await fetch(`${origin}/api/v1/bank/messages`, {
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
      const signed = signedHeaders(banks.riverbank, {
        method: 'POST',
        url,
        body: message('A-2'),
        idempotencyKey: 'A-2',
      })
      const response = await fetch(origin + url, {
        method: 'POST',
        body: message('A-2', 'forged'),
        headers: { 'content-type': 'application/json', ...signed },
      })
      assert.equal(response.status, 401)
      assert.equal(((await response.json()) as Document).code, 'bank.digest-mismatch')
    })

    it('nobody with a signature of another path', async () => {
      const signed = signedHeaders(banks.riverbank, {
        method: 'POST',
        url: '/api/v1/bank/drops',
        body: message('A-3'),
        idempotencyKey: 'A-3',
      })
      const { status, document } = await single('A-3', message('A-3'), { headers: signed })
      assert.equal(status, 401)
      assert.equal(document.code, 'bank.signature-invalid')
    })

    it('not the treasury: its key is no bank’s', async () => {
      const { status, document } = await single('A-4', message('A-4'), { signer: banks.treasury })
      assert.equal(status, 401)
      assert.equal(document.code, 'bank.key-unknown')
    })

    it('not a key that was revoked, a second later at the latest', async () => {
      const revoked = { ...banks.millbank }
      await single('A-5', message('A-5'), { signer: revoked })
      const revoke = (at: Date | null) =>
        database.db
          .updateTable('bank_key')
          .set({ revoked_at: at })
          .where('key_id', '=', revoked.keyId)
          .execute()
      await revoke(new Date())
      await new Promise(resolve => setTimeout(resolve, 1100))
      const { status, document } = await single('A-6', message('A-6'), { signer: revoked })
      assert.equal(status, 401)
      assert.equal(document.code, 'bank.key-revoked')
      await revoke(null)
      await new Promise(resolve => setTimeout(resolve, 1100))
    })

    it('a compressed body is refused: the digest is of what is sent', async () => {
      const { status } = await single('A-7', message('A-7'), { headers: { 'content-encoding': 'gzip' } })
      assert.equal(status, 415)
    })
  })

  describe('a drop', () => {
    const lines = (...ids: string[]) => ids.map(id => `${message(id)}\n`).join('')

    it('answers every row, and rows stand or fall alone', async () => {
      const body = `${message('D-1')}\n{"cut":\n\n${message('D-2', 'later')}\r\n${message('D-1')}\n${message('D-1', 'other')}\n`
      const { status, document } = await drop('DROP-1', body)
      assert.equal(status, 200)
      assert.deepEqual(codesOf(document), [
        'applied',
        'bank.message-malformed',
        'parrot.silent',
        'applied',
        'bank.key-reused',
      ])
      assert.deepEqual(
        rowsOf(document).map(row => row.line),
        [1, 2, 4, 5, 6],
      )
      assert.deepEqual(
        rowsOf(document).map(row => row.replayed),
        [false, false, false, true, false],
      )
      const { drop_id: _, answers: __, ...counts } = document
      assert.deepEqual(counts, { rows: 5, applied: 2, waiting: 1, refused: 2, replayed: 1 })
    })

    it('sent again gets its first answers, all of them replays', async () => {
      const first = await drop('DROP-2', lines('D-3', 'D-4'))
      const before = applied.length
      const again = await drop('DROP-2', lines('D-3', 'D-4'))
      assert.equal(applied.length, before)
      assert.equal(again.document.drop_id, first.document.drop_id)
      assert.equal(again.document.replayed, 2)
      assert.deepEqual(
        rowsOf(again.document),
        rowsOf(first.document).map(row => ({ ...row, replayed: true })),
      )
    })

    it('with another content under a used key is refused with 409', async () => {
      await drop('DROP-3', lines('D-5'))
      const { status, document } = await drop('DROP-3', lines('D-6'))
      assert.equal(status, 409)
      assert.equal(document.code, 'bank.key-reused')
      assert.deepEqual(await refusalsOf('DROP-3'), [{ code: 'bank.key-reused', bank_code: RIVERBANK }])
    })

    it('and a single message recognise each other', async () => {
      await single('D-7')
      const { document } = await drop('DROP-4', lines('D-7', 'D-8'))
      assert.deepEqual(
        rowsOf(document).map(row => row.replayed),
        [true, false],
      )
      const { document: answer } = await single('D-8')
      assert.equal(answer.replayed, true)
    })

    it('cut in its last line keeps what came before, and is made whole by sending it again', async () => {
      const whole = lines('D-9', 'D-10')
      const cut = await drop('DROP-5-cut', whole.slice(0, -20))
      assert.deepEqual(codesOf(cut.document), ['applied', 'bank.message-malformed'])
      const { document } = await drop('DROP-5', whole)
      assert.deepEqual(
        rowsOf(document).map(row => row.replayed),
        [true, false],
      )
    })

    it('of many parts sent several times at once has each effect once', async () => {
      const ids = Array.from({ length: 5000 }, (_, index) => `D-many-${index}`)
      const before = applied.length
      const answers = await Promise.all(Array.from({ length: 3 }, () => drop('DROP-6', lines(...ids))))
      assert.equal(applied.length, before + ids.length)
      const firsts = answers.map(
        ({ document }) => rowsOf(document).filter(row => row.replayed === false).length,
      )
      assert.equal(
        firsts.reduce((sum, count) => sum + count),
        ids.length,
      )
      for (const { status, document } of answers) {
        assert.equal(status, 200)
        assert.equal(document.rows, ids.length)
        assert.deepEqual(
          rowsOf(document).map(row => row.message_id),
          ids,
        )
      }
    })

    it('that broke off between parts goes on where it stopped', async () => {
      const ids = Array.from({ length: 4500 }, (_, index) => `D-broken-${index}`)
      const body = `${lines(...ids.slice(0, 4000))}${message('D-broken-fault', 'fault')}\n${lines(...ids.slice(4000))}`
      const { status } = await drop('DROP-7', body)
      assert.equal(status, 500)
      const faulty = parrot.apply
      Object.assign(parrot, {
        apply: async (...args: Parameters<typeof faulty>) => {
          const [tx, batch] = args
          const messages = batch.messages.map(each => ({ ...each, fields: { ...each.fields, says: 'ok' } }))
          return faulty(tx, { ...batch, messages })
        },
      })
      const before = applied.length
      const { document } = await drop('DROP-7', body)
      Object.assign(parrot, { apply: faulty })
      assert.equal(applied.length - before, 501, 'the rows of the part that failed, and no others')
      assert.equal(document.rows, 4501)
      assert.equal(document.replayed, 4000)
    })

    it('whose digest does not hold changes nothing', async () => {
      const url = '/api/v1/bank/drops'
      const before = applied.length
      const signed = signedHeaders(banks.riverbank, {
        method: 'POST',
        url,
        body: lines('D-11'),
        idempotencyKey: 'DROP-8',
      })
      const response = await fetch(origin + url, {
        method: 'POST',
        body: lines('D-11', 'D-12'),
        headers: { 'content-type': 'application/x-ndjson', ...signed },
      })
      assert.equal(response.status, 401)
      assert.equal(applied.length, before)
      assert.deepEqual(await refusalsOf('DROP-8'), [{ code: 'bank.digest-mismatch', bank_code: RIVERBANK }])
    })

    it('whose sender hangs up in the middle leaves nothing behind', async () => {
      const url = '/api/v1/bank/drops'
      const body = lines('D-hang-1', 'D-hang-2')
      const spooled = () =>
        readdirSync(tmpdir()).filter(name => name.startsWith(`millrace-drop-${process.pid}-`)).length
      const before = spooled()
      const headers = {
        ...signedHeaders(banks.riverbank, { method: 'POST', url, body, idempotencyKey: 'DROP-hang' }),
      }
      const request = httpRequest(origin + url, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/x-ndjson',
          'content-length': Buffer.byteLength(body),
        },
      })
      request.on('error', () => {})
      request.write(lines('D-hang-1'))
      await waitUntil(() => spooled() > before)
      request.destroy()
      await waitUntil(() => spooled() === before)
      assert.ok(!applied.includes('D-hang-1'))
      assert.equal((await drop('DROP-hang', body)).document.applied, 2)
    })

    it('of no bytes is refused', async () => {
      const { status, document } = await drop('DROP-9', '')
      assert.equal(status, 422)
      assert.equal(document.code, 'bank.drop-empty')
    })

    it('of another type is refused', async () => {
      assert.equal((await drop('DROP-10', '{}', 'application/json')).status, 415)
      assert.equal((await drop('DROP-10', '{}', 'text/plain')).status, 415)
      assert.equal(
        (await post('/api/v1/bank/messages', lines('D-13'), 'D-13', { type: 'text/csv' })).status,
        415,
      )
    })

    it('with a byte order mark is read as if it had none', async () => {
      const { document } = await drop('DROP-11', `\uFEFF${lines('D-14')}`)
      assert.deepEqual(codesOf(document), ['applied'])
    })

    it('with an overlong line refuses that line only, and keeps its beginning', async () => {
      const { document } = await drop(
        'DROP-12',
        `${lines('D-15')}{"x":"${'y'.repeat(3_000_000)}"}\n${lines('D-16')}`,
      )
      assert.deepEqual(codesOf(document), ['applied', 'bank.message-too-long', 'applied'])
      const { body } = await database.db
        .selectFrom('bank_refusal')
        .select('body')
        .where('code', '=', 'bank.message-too-long')
        .executeTakeFirstOrThrow()
      assert.equal(body.length, 65_536)
    })

    it('keeps the bytes of lines that cannot be read', async () => {
      const line = Buffer.from([0x7b, 0xb2, 0xe2, 0xca, 0xd4, 0x00, 0x7d])
      const { document } = await drop(
        'DROP-13',
        Buffer.concat([line, Buffer.from('\n'), Buffer.from(lines('D-17'))]),
      )
      assert.deepEqual(codesOf(document), ['bank.message-encoding', 'applied'])
      const { body, line: number } = await database.db
        .selectFrom('bank_refusal')
        .select(['body', 'line'])
        .where('drop_id', '=', String(document.drop_id))
        .executeTakeFirstOrThrow()
      assert.deepEqual(body, line)
      assert.equal(number, 1)
    })
  })

  describe('a CSV drop', () => {
    const header = 'message_id,kind,loan_receipt,occurred_on,says\n'
    const csv = (key: string, body: string | Buffer) => drop(key, body, 'text/csv; charset=utf-8')

    it('is read with quotes, empty cells, CRLF and columns in any order', async () => {
      const body =
        '\uFEFFsays,occurred_on,loan_receipt,kind,message_id\r\n"ok",,L-1,parrot,C-1\r\n"a ""b"", c",,,parrot,C-2\r\n'
      const { document } = await csv('CSV-1', body)
      assert.deepEqual(codesOf(document), ['applied', 'parrot.silent'])
      assert.equal(rowsOf(document)[1]?.value, 'a "b", c')
      assert.deepEqual(
        rowsOf(document).map(row => row.line),
        [2, 3],
      )
    })

    it('refuses rows with too many or too few cells, open quotes, or no line end', async () => {
      const body = `${header}C-3,parrot,L-1,,ok,more\nC-4,parrot\nC-5,parrot,L-1,,"ok\nC-6,parrot,L-1,,ok\nC-7,parrot,L-1,,ok`
      const { document } = await csv('CSV-2', body)
      assert.deepEqual(codesOf(document), [
        'bank.row-cells',
        'bank.row-cells',
        'bank.row-malformed',
        'applied',
        'bank.row-cut',
      ])
    })

    it('in GB18030 has its Chinese rows refused one by one', async () => {
      const chinese = Buffer.from([...Buffer.from('C-8,parrot,L-1,,'), 0xb2, 0xe2, 0x0a])
      const { document } = await csv(
        'CSV-3',
        Buffer.concat([Buffer.from(header), chinese, Buffer.from('C-9,parrot,L-1,,ok\n')]),
      )
      assert.deepEqual(codesOf(document), ['bank.message-encoding', 'applied'])
    })

    const headers: [string, string | Buffer][] = [
      ['a column that nobody knows', 'message_id,kind,loan_receipt,occurred_on,sayz\n'],
      ['a column twice', 'message_id,kind,loan_receipt,occurred_on,says,says\n'],
      ['no identifier', 'kind,loan_receipt,occurred_on,says\n'],
      ['no header', 'C-10,parrot,L-1,2022-06-21,ok\n'],
      ['UTF-16', Buffer.from(`\uFEFF${header}`, 'utf16le')],
    ]
    for (const [what, text] of headers) {
      it(`with ${what} is refused as a whole`, async () => {
        const { status, document } = await csv('CSV-4', text)
        assert.equal(status, 422)
        assert.equal(document.code, 'bank.header-malformed')
      })
    }

    it('with a header only has no rows', async () => {
      const { status, document } = await csv('CSV-5', header)
      assert.equal(status, 200)
      assert.equal(document.rows, 0)
      assert.deepEqual(document.answers, [])
    })

    it('of any bytes is answered, never a fault', async () => {
      let run = 0
      await fc.assert(
        fc.asyncProperty(
          fc.uint8Array({ maxLength: 200 }),
          fc.string({ unit: 'binary' }),
          async (bytes, text) => {
            const body = Buffer.concat([
              Buffer.from(header),
              bytes,
              Buffer.from(`\nC-any-${++run},parrot,${text}\n`),
            ])
            const { status } = await csv(`CSV-any-${run}`, body)
            assert.equal(status, 200)
          },
        ),
        { numRuns: 100 },
      )
    })
  })

  async function refusalsOf(idempotencyKey: string) {
    return database.db
      .selectFrom('bank_refusal')
      .select(['code', 'bank_code'])
      .where('idempotency_key', '=', idempotencyKey)
      .execute()
  }

  it('keeps the banks apart', async () => {
    const { n } = await database.db
      .selectFrom('bank_message')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .where('bank_code', '=', MILLBANK)
      .executeTakeFirstOrThrow()
    assert.ok(n >= 2n)
  })
})
