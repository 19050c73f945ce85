import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { CREDIT_CODES } from '../../../../test/bank-fixture.ts'
import { type Fields, loanStory, unreliable } from '../../../../test/bank-stories.ts'
import { renamed, stateOf, truthOf, waitingOf } from '../../../../test/loan-state.ts'
import { signedHeaders } from '../../../../test/request-signer.ts'
import { BankLine, type DropAnswer } from './test/bank-line.ts'

let line: BankLine
before(async () => {
  line = await BankLine.open(1)
})
after(() => line.close())

/** A line that no bank should have sent, and the codes one of which it must be refused with; undefined: any answer. */
interface Noise {
  readonly bytes: Buffer
  readonly codes: readonly string[] | undefined
}

const bytesOf = (text: string, ...codes: string[]): Noise => ({
  bytes: Buffer.from(text),
  codes: codes.length > 0 ? codes : undefined,
})

let noises = 0

/** A message with one field made wrong, about the same loan: refused, it must leave the loan as it is. */
function wrong(message: Fields): fc.Arbitrary<Noise> {
  const changed = (fields: Readonly<Record<string, unknown>>, ...codes: string[]) =>
    bytesOf(JSON.stringify({ ...message, message_id: `noise-${++noises}`, ...fields }), ...codes)
  const malformed = 'bank.field-malformed'
  const amounts = [
    '-5.00',
    '1e5',
    '1,000.00',
    '0.001',
    '',
    '9'.repeat(16),
    '9'.repeat(400),
    'NaN',
    '１００',
    ' 1',
  ]
  const typed = [5, 1e308, true, null, [], {}, { amount: '1.00' }, -0, 123456789012345680000]
  return fc.oneof(
    ...('amount' in message
      ? [fc.constantFrom<unknown>(...amounts, ...typed).map(amount => changed({ amount }, malformed))]
      : []),
    fc
      .constantFrom(
        '2022-02-30',
        '2022-13-01',
        '20220614',
        '0000-01-01',
        '+012022-06-14',
        '2022-06-14T00:00:00Z',
        '',
      )
      .map(occurred_on => changed({ occurred_on }, malformed)),
    fc.constantFrom('2099-01-01', '9999-12-31').map(occurred_on =>
      // A period or a maturity may already be wrong for itself.
      changed({ occurred_on }, 'loan.date-in-future', 'loan.matures-too-early', 'loan.refinances-itself'),
    ),
    fc
      .constantFrom('owl', 'LOAN_GRANTED', '', '__proto__', 'constructor')
      .map(kind => changed({ kind }, 'bank.kind-unknown')),
    fc.constant(changed({ 提款: '是' }, 'bank.field-unknown')),
    fc.constant(
      bytesOf(`{"__proto__":{"kind":"cured"},"message_id":"noise-${++noises}"}`, 'bank.kind-unknown'),
    ),
    ...(message.kind === 'loan_granted'
      ? [
          // Another city's enterprise, and codes that are nobody's.
          fc
            .constantFrom('91310000MA1FL00000', '91442000MA4UA1B25X')
            .map(credit_code => changed({ credit_code }, 'loan.organisation-unknown')),
          fc.constantFrom('ACT/ACT', 'act/360').map(day_count => changed({ day_count }, malformed)),
          fc
            .constantFrom('102100099997', '000')
            .map(account_bank_code => changed({ account_bank_code }, malformed)),
          fc
            .constantFrom('1.0', '0.0000001', '3.7%', '.037')
            .map(annual_rate => changed({ annual_rate }, malformed)),
          fc
            .string({ unit: 'binary', maxLength: 300 })
            .map(product => changed({ product: `\u0000${product}` }, malformed)),
        ]
      : []),
    fc.integer({ min: 1, max: 60 }).map(cut => {
      const whole = Buffer.from(JSON.stringify(message))
      return {
        bytes: whole.subarray(0, whole.length - cut),
        codes: ['bank.message-malformed', 'bank.message-encoding'],
      }
    }),
  )
}

const junk: fc.Arbitrary<Noise> = fc.oneof(
  fc.constantFrom(
    bytesOf('   \t', 'bank.message-malformed'),
    bytesOf('[]', 'bank.message-malformed'),
    bytesOf('null', 'bank.message-malformed'),
    bytesOf('12345678901234567890', 'bank.message-malformed'),
    bytesOf('{}{}', 'bank.message-malformed'),
    bytesOf("'; drop table loan; --", 'bank.message-malformed'),
    bytesOf('<script>alert(1)</script>', 'bank.message-malformed'),
    bytesOf('='.repeat(70_000), 'bank.message-too-long'),
    bytesOf(`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'bank.message-malformed'),
    bytesOf('{"message_id":"noise deep"}', 'bank.message-id-malformed'),
    bytesOf(`{"message_id":"${'x'.repeat(65)}"}`, 'bank.message-id-malformed'),
    bytesOf('{"message_id":["noise"]}', 'bank.message-id-malformed'),
    { bytes: Buffer.from([0x7b, 0xb2, 0xe2, 0xca, 0xd4, 0x7d]), codes: ['bank.message-encoding'] },
    { bytes: Buffer.from('{"message_id":"noise\u0000"}'), codes: ['bank.message-encoding'] },
  ),
  // Whatever bytes, but for the line end, and for a carriage return that would end it.
  fc
    .uint8Array({ minLength: 1, maxLength: 200 })
    .map(bytes => Buffer.from(bytes).map(byte => (byte === 0x0a || byte === 0x0d ? 0x20 : byte)))
    .map(bytes => ({ bytes: Buffer.from(bytes), codes: undefined })),
)

interface Row {
  readonly bytes: Buffer
  readonly noise: Noise | undefined
}

/** Rows as a file, and the number of each row's line. */
function fileOf(rows: readonly Row[], ends: readonly string[], withMark: boolean) {
  const parts: Buffer[] = withMark ? [Buffer.from('\uFEFF')] : []
  const numbers: number[] = []
  let number = 0
  rows.forEach((row, index) => {
    const end = ends[index % ends.length] ?? '\n'
    parts.push(row.bytes, Buffer.from(end))
    numbers.push(number + 1)
    number += end.split('\n').length - 1
  })
  return { body: Buffer.concat(parts), numbers }
}

function assertAnswered(answer: DropAnswer, rows: readonly Row[], numbers: readonly number[]): void {
  assert.equal(answer.status, 200)
  assert.equal(answer.rows, rows.length)
  assert.equal(answer.applied + answer.waiting + answer.refused, rows.length)
  assert.deepEqual(
    answer.answers.map(row => row.line),
    numbers,
  )
  answer.answers.forEach((row, index) => {
    const { noise, bytes } = rows[index] ?? {}
    if (noise?.codes) assert.ok(noise.codes.includes(row.code ?? ''), `${row.code} for ${bytes}`)
    else if (!noise) assert.notEqual(row.outcome, 'refused', `${row.code} for ${bytes}`)
    if (row.outcome !== 'applied') assert.ok(row.detail && row.detail.length > 10, JSON.stringify(row))
  })
}

let runs = 0

test('among whatever else a file contains, in whatever order, every row is answered and loans end as they truly are', async () => {
  const ends = fc.constantFrom('\n', '\r\n', '\n\n', '\r\n\r\n', '\n\n\n')
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(loanStory('N', CREDIT_CODES), { minLength: 1, maxLength: 3 })
        .map(told => told.map(story => renamed(story, `-${++runs}`)))
        .chain(told => {
          const sent = told.flatMap(story => story.sent)
          return fc.tuple(
            fc.constant(told),
            unreliable(sent),
            fc.array(fc.oneof(fc.constantFrom(...sent).chain(wrong), junk), { minLength: 1, maxLength: 25 }),
            fc.array(fc.nat(), { minLength: 25, maxLength: 25 }),
          )
        }),
      fc.array(ends, { minLength: 1, maxLength: 7 }),
      fc.boolean(),
      async ([told, delivered, noise, places], lineEnds, withMark) => {
        const rows: Row[] = delivered.map(fields => ({
          bytes: Buffer.from(JSON.stringify(fields)),
          noise: undefined,
        }))
        noise.forEach((each, index) => {
          rows.splice((places[index] ?? 0) % (rows.length + 1), 0, { bytes: each.bytes, noise: each })
        })
        const { body, numbers } = fileOf(rows, lineEnds, withMark)
        const key = `messy-${++runs}`
        const answer = await line.drop(line.banks.riverbank, key, body)
        assertAnswered(answer, rows, numbers)
        for (const story of told) {
          assert.deepEqual(await stateOf(line.database.db, story.receipt), truthOf(story))
        }
        assert.deepEqual(
          await waitingOf(
            line.database.db,
            told.map(({ receipt }) => receipt),
          ),
          [],
        )
        await assertKept(answer, rows, numbers)

        const again = await line.drop(line.banks.riverbank, key, body)
        assert.equal(again.drop_id, answer.drop_id)
        assert.deepEqual(
          again.answers,
          answer.answers.map(row => ({ ...row, replayed: true })),
        )
      },
    ),
    { numRuns: 25, endOnFailure: true },
  )
})

/** Byte for byte: what was taken, among the messages; what could not be, among the refusals. */
async function assertKept(
  answer: DropAnswer,
  rows: readonly Row[],
  numbers: readonly number[],
): Promise<void> {
  const { rows: kept } = await sql<{ line: number; body: Buffer; told: boolean }>`
    select line, convert_to(body, 'UTF8') as body, true as told from bank_message where drop_id = ${answer.drop_id}
    union all
    select line, body, problem is not null from bank_refusal where drop_id = ${answer.drop_id}`.execute(
    line.database.db,
  )
  const bodies = new Map(kept.map(({ line: number, body }) => [number, body]))
  assert.ok(kept.every(({ told }) => told))
  rows.forEach(({ bytes }, index) => {
    const number = numbers[index] ?? 0
    const body = bodies.get(number)
    // A row that was known already is kept where it first came.
    if (!body) assert.ok(answer.answers[index]?.replayed, `line ${number} was not kept`)
    else assert.deepEqual(body, bytes.subarray(0, 65_536), `line ${number}`)
  })
}

test('a file of thousands of unreadable lines has every one of them answered and kept', async () => {
  const count = 17_000
  const answer = await line.drop(line.banks.riverbank, 'only-junk', '{"message_id":\n'.repeat(count))
  assert.equal(answer.status, 200)
  assert.equal(answer.refused, count)
  assert.deepEqual(new Set(answer.answers.map(row => row.code)), new Set(['bank.message-malformed']))
  const { rows } = await sql<{ n: number }>`
    select count(distinct line)::int as n from bank_refusal where drop_id = ${answer.drop_id}`.execute(
    line.database.db,
  )
  assert.deepEqual(rows, [{ n: count }])
})

test('a file of one line of a hundred megabytes is one refusal, and a byte more is too large', async () => {
  const bytes_max = 100 * 1024 * 1024
  const largest = Buffer.alloc(bytes_max, 'x')
  const answer = await line.drop(line.banks.riverbank, 'one-line', largest)
  assert.equal(answer.status, 200)
  assert.deepEqual(
    answer.answers.map(row => [row.line, row.code]),
    [[1, 'bank.message-too-long']],
  )
  const larger = await line.drop(line.banks.riverbank, 'one-byte-more', Buffer.alloc(bytes_max + 1, 'x'))
  assert.equal(larger.status, 413)
  assert.equal(larger.code, 'bank.drop-too-large')
})

/** Sends bytes as they are and gives back what came, until the server hangs up or half a second passes in silence. */
function talk(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(line.origins[0] ?? '')
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.end(bytes))
    let heard = ''
    socket.on('data', chunk => {
      heard += chunk.toString()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(heard))
  })
}

for (const [what, url, type] of [
  ['a message', '/api/v1/bank/messages', 'application/json'],
  ['a file', '/api/v1/bank/drops', 'application/x-ndjson'],
] as const) {
  for (const off of [-7, 7]) {
    test(`${what} whose Content-Length is ${off > 0 ? 'more' : 'less'} than was sent changes nothing`, async () => {
      const id = `length-${off}-${type.length}`
      const body = `${JSON.stringify({ message_id: id, kind: 'cured', loan_receipt: 'LEN', occurred_on: '2022-06-21' })}\n`
      const headers = {
        host: 'bank.test',
        'content-type': type,
        'content-length': String(body.length + off),
        connection: 'close',
        ...signedHeaders(line.banks.riverbank, { method: 'POST', url, body, idempotencyKey: id }),
      }
      const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
      const heard = await talk(`POST ${url} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`)
      assert.doesNotMatch(heard, /^HTTP\/1\.1 [25]/, heard)
      const { rows } = await sql`select from bank_message where message_id = ${id}`.execute(line.database.db)
      assert.equal(rows.length, 0)
      const { status } = await line.drop(line.banks.riverbank, `${id}-whole`, body)
      assert.equal(status, 200, 'the same, sent properly, is taken')
    })
  }
}
