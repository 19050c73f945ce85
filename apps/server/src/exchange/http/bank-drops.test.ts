import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { RIVERBANK } from '../../../../../test/bank-fixture.ts'
import { signedHeaders } from '../../../../../test/request-signer.ts'
import { applied, BankServer, codesOf, lines, message, parrot, rowsOf } from '../test/bank-server.ts'

async function waitUntil(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !holds(); turn++) await new Promise(resolve => setTimeout(resolve, 10))
  assert.ok(holds())
}

describe('files of messages', () => {
  let server: BankServer
  before(async () => {
    server = await BankServer.start()
  })
  after(() => server.stop())

  describe('a drop', () => {
    it('answers every row, and rows stand or fall alone', async () => {
      const body = `${message('D-1')}\n{"cut":\n\n${message('D-2', 'later')}\r\n${message('D-1')}\n${message('D-1', 'other')}\n`
      const { status, document } = await server.drop('DROP-1', body)
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
      const first = await server.drop('DROP-2', lines('D-3', 'D-4'))
      const before = applied.length
      const again = await server.drop('DROP-2', lines('D-3', 'D-4'))
      assert.equal(applied.length, before)
      assert.equal(again.document.drop_id, first.document.drop_id)
      assert.equal(again.document.replayed, 2)
      assert.deepEqual(
        rowsOf(again.document),
        rowsOf(first.document).map(row => ({ ...row, replayed: true })),
      )
    })

    it('with another content under a used key is refused with 409', async () => {
      await server.drop('DROP-3', lines('D-5'))
      const { status, document } = await server.drop('DROP-3', lines('D-6'))
      assert.equal(status, 409)
      assert.equal(document.code, 'bank.key-reused')
      assert.deepEqual(await server.refusalsOf('DROP-3'), [{ code: 'bank.key-reused', bank_code: RIVERBANK }])
    })

    it('and a single message recognise each other', async () => {
      await server.single('D-7')
      const { document } = await server.drop('DROP-4', lines('D-7', 'D-8'))
      assert.deepEqual(
        rowsOf(document).map(row => row.replayed),
        [true, false],
      )
      const { document: answer } = await server.single('D-8')
      assert.equal(answer.replayed, true)
    })

    it('cut in its last line keeps what came before, and is made whole by sending it again', async () => {
      const whole = lines('D-9', 'D-10')
      const cut = await server.drop('DROP-5-cut', whole.slice(0, -20))
      assert.deepEqual(codesOf(cut.document), ['applied', 'bank.message-malformed'])
      const { document } = await server.drop('DROP-5', whole)
      assert.deepEqual(
        rowsOf(document).map(row => row.replayed),
        [true, false],
      )
    })

    it('of many parts sent several times at once has each effect once', async () => {
      const ids = Array.from({ length: 9000 }, (_, index) => `D-many-${index}`)
      const before = applied.length
      const answers = await Promise.all(Array.from({ length: 3 }, () => server.drop('DROP-6', lines(...ids))))
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
      const ids = Array.from({ length: 8500 }, (_, index) => `D-broken-${index}`)
      const body = `${lines(...ids.slice(0, 8000))}${message('D-broken-fault', 'fault')}\n${lines(...ids.slice(8000))}`
      const { status } = await server.drop('DROP-7', body)
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
      const { document } = await server.drop('DROP-7', body)
      Object.assign(parrot, { apply: faulty })
      assert.equal(applied.length - before, 501, 'the rows of the part that failed, and no others')
      assert.equal(document.rows, 8501)
      assert.equal(document.replayed, 8000)
    })

    it('whose digest does not hold changes nothing', async () => {
      const url = '/api/v1/bank/drops'
      const before = applied.length
      const signed = signedHeaders(server.banks.riverbank, {
        method: 'POST',
        url,
        body: lines('D-11'),
        idempotencyKey: 'DROP-8',
      })
      const response = await fetch(server.origin + url, {
        method: 'POST',
        body: lines('D-11', 'D-12'),
        headers: { 'content-type': 'application/x-ndjson', ...signed },
      })
      assert.equal(response.status, 401)
      assert.equal(applied.length, before)
      assert.deepEqual(await server.refusalsOf('DROP-8'), [
        { code: 'bank.digest-mismatch', bank_code: RIVERBANK },
      ])
    })

    it('whose sender hangs up in the middle leaves nothing behind', async () => {
      const url = '/api/v1/bank/drops'
      const body = lines('D-hang-1', 'D-hang-2')
      const spooled = () =>
        readdirSync(tmpdir()).filter(name => name.startsWith(`millrace-drop-${process.pid}-`)).length
      const before = spooled()
      const headers = {
        ...signedHeaders(server.banks.riverbank, { method: 'POST', url, body, idempotencyKey: 'DROP-hang' }),
      }
      const request = httpRequest(server.origin + url, {
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
      assert.equal((await server.drop('DROP-hang', body)).document.applied, 2)
    })

    it('of no bytes is refused', async () => {
      const { status, document } = await server.drop('DROP-9', '')
      assert.equal(status, 422)
      assert.equal(document.code, 'bank.drop-empty')
    })

    it('of another type is refused', async () => {
      assert.equal((await server.drop('DROP-10', '{}', 'application/json')).status, 415)
      assert.equal((await server.drop('DROP-10', '{}', 'text/plain')).status, 415)
      assert.equal(
        (await server.post('/api/v1/bank/messages', lines('D-13'), 'D-13', { type: 'text/csv' })).status,
        415,
      )
    })

    it('with a byte order mark is read as if it had none', async () => {
      const { document } = await server.drop('DROP-11', `\uFEFF${lines('D-14')}`)
      assert.deepEqual(codesOf(document), ['applied'])
    })

    it('with an overlong line refuses that line only, and keeps its beginning', async () => {
      const { document } = await server.drop(
        'DROP-12',
        `${lines('D-15')}{"x":"${'y'.repeat(3_000_000)}"}\n${lines('D-16')}`,
      )
      assert.deepEqual(codesOf(document), ['applied', 'bank.message-too-long', 'applied'])
      const { body } = await server.database.db
        .selectFrom('bank_refusal')
        .select('body')
        .where('code', '=', 'bank.message-too-long')
        .executeTakeFirstOrThrow()
      assert.equal(body.length, 65_536)
    })

    it('keeps the bytes of lines that cannot be read', async () => {
      const line = Buffer.from([0x7b, 0xb2, 0xe2, 0xca, 0xd4, 0x00, 0x7d])
      const { document } = await server.drop(
        'DROP-13',
        Buffer.concat([line, Buffer.from('\n'), Buffer.from(lines('D-17'))]),
      )
      assert.deepEqual(codesOf(document), ['bank.message-encoding', 'applied'])
      const { body, line: number } = await server.database.db
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
    const csv = (key: string, body: string | Buffer) => server.drop(key, body, 'text/csv; charset=utf-8')

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
})
