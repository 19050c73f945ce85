/**
 * The bank's messages: `node bench/bank-intake/run.ts [singles] [rows] [contracts]`. Single signed messages beside a bare
 * Fastify route that makes the same insert, under the same load; and a signed NDJSON drop beside a bare COPY of its
 * lines into a table of text. One run, one database, two cores shared by everything.
 */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Fastify from 'fastify'
import { from as copyFrom } from 'pg-copy-streams'
import { pino } from 'pino'
import { EXCHANGE_HANDLERS } from '../../apps/server/src/app/exchange-handlers.ts'
import { exchangeRoutes } from '../../apps/server/src/exchange/index.ts'
import { createAuth } from '../../apps/server/src/platform/auth/index.ts'
import { createHttp } from '../../apps/server/src/platform/http/index.ts'
import { newId } from '../../apps/server/src/platform/ids.ts'
import { asOwner } from '../../test/as-owner.ts'
import { bankFixture, RIVERBANK } from '../../test/bank-fixture.ts'
import { signedHeaders } from '../../test/request-signer.ts'
import { TEST_CITY } from '../../test/test-city.ts'
import { type BenchDatabase, timed, withBenchDatabase } from '../support/server.ts'
import { post, runLoad } from './load.ts'
import { granted, happened } from './story.ts'

const singles = Number(process.argv[2] ?? 14_000)
const rows = Number(process.argv[3] ?? 60_000)
const loans = Math.ceil(rows / 10)
const contracts = Math.max(loans, Number(process.argv[4] ?? 30_000))
const CONNECTIONS = 64
const ROUNDS = 7
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.trunc(values.length / 2)] ?? Number.NaN
const perSecond = (count: number, seconds: number) => Math.round(count / seconds)
const figure = (value: number) => value.toLocaleString('en')

await withBenchDatabase(async database => {
  const { riverbank } = await bankFixture(database.ownerUrl)
  const creditCodes = await addEnterprises(database, contracts)
  const http = await createHttp({
    database,
    auth: createAuth(database, 'a secret for benchmarks that is long enough'),
    city: { ...TEST_CITY, folder: '' },
    log: pino({ level: process.env.LOG ?? 'silent' }),
    demonstration: false,
    routes: [app => exchangeRoutes(app, EXCHANGE_HANDLERS)],
  })
  const origin = await http.listen({ host: '127.0.0.1', port: 0 })
  const port = Number(new URL(origin).port)
  const bare = await bareServer(database)
  const barePort = Number(new URL(bare.origin).port)

  const deliver = async (key: string, lines: readonly string[]) => {
    const url = '/api/v1/bank/drops'
    const body = `${lines.join('\n')}\n`
    const headers = {
      'content-type': 'application/x-ndjson',
      ...signedHeaders(riverbank, { method: 'POST', url, body, idempotencyKey: key }),
    }
    const response = await fetch(origin + url, { method: 'POST', body, headers })
    const answer = (await response.json()) as { rows: number; applied: number }
    if (answer.applied !== lines.length) throw new Error(`${key}: ${JSON.stringify(answer).slice(0, 400)}`)
  }

  const grants = Array.from({ length: contracts }, (_, loan) =>
    JSON.stringify(granted(loan, creditCodes[loan] ?? '')),
  )
  const granting = await timed(() => deliver('bench-grants', grants))
  console.log(
    `contracts as NDJSON: ${figure(contracts)} rows, ${figure(perSecond(contracts, granting.seconds))} a second`,
  )

  const lines = Array.from({ length: rows }, (_, row) => {
    return JSON.stringify(happened(row % loans, Math.trunc(row / loans)))
  })
  const dropped = await timed(() => deliver('bench-drop', lines))
  const copied = await timed(() => copyText(database, lines))
  console.log(
    `events as NDJSON: ${figure(rows)} rows, ${figure(perSecond(rows, dropped.seconds))} a second; ` +
      `a bare COPY of the lines ${figure(perSecond(rows, copied.seconds))}; ratio ${(dropped.seconds / copied.seconds).toFixed(1)}`,
  )
  const again = await timed(() => fetchAgain(origin, lines))
  console.log(`the same file again: ${figure(perSecond(rows, again.seconds))} rows a second`)

  const bodies = Array.from({ length: singles }, (_, n) =>
    JSON.stringify({ ...happened(n % loans, 0), message_id: `S-${n}` }),
  )
  const url = '/api/v1/bank/messages'
  const signed = bodies.map((body, n) =>
    post(port, url, body, signedHeaders(riverbank, { method: 'POST', url, body, idempotencyKey: `S-${n}` })),
  )
  const plain = bodies.map(body => post(barePort, '/bare', body.replace('"S-', '"B-'), {}))
  const rates = { ours: [] as number[], theirs: [] as number[] }
  const share = Math.trunc(singles / ROUNDS)
  // In turn, so that whatever else the machine does falls on both; the first round warms both up.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [who, at, requests] of [
      ['ours', port, signed],
      ['theirs', barePort, plain],
    ] as const) {
      const load = {
        port: at,
        connections: CONNECTIONS,
        requests: requests.slice(round * share, (round + 1) * share),
      }
      const { seconds, statuses } = await runLoad(load)
      if (Object.keys(statuses).join() !== '200') throw new Error(JSON.stringify(statuses))
      if (round > 0) rates[who].push(perSecond(share, seconds))
    }
  }
  const ours = median(rates.ours)
  const theirs = median(rates.theirs)
  console.log(
    `signed single messages, ${CONNECTIONS} connections: ${figure(ours)} a second; ` +
      `a bare Fastify route with the same insert ${figure(theirs)}; ratio ${(ours / theirs).toFixed(2)}`,
  )
  await http.close()
  await bare.close()

  async function fetchAgain(origin: string, lines: readonly string[]): Promise<void> {
    const drops = '/api/v1/bank/drops'
    const body = `${lines.join('\n')}\n`
    const headers = {
      'content-type': 'application/x-ndjson',
      ...signedHeaders(riverbank, { method: 'POST', url: drops, body, idempotencyKey: 'bench-again' }),
    }
    const response = await fetch(origin + drops, { method: 'POST', body, headers })
    const answer = (await response.json()) as { replayed: number }
    if (answer.replayed !== lines.length) throw new Error(JSON.stringify(answer).slice(0, 400))
  }
})

/** Fastify as it comes, no plugin, no check: the insert of a message, and an answer. */
async function bareServer({ pool }: BenchDatabase) {
  const server = Fastify({ logger: false })
  server.post('/bare', async request => {
    const body = JSON.stringify(request.body)
    const { message_id, kind, loan_receipt } = request.body as Record<string, string>
    await pool.query({
      name: 'bare',
      text: `insert into bank_message (id, bank_code, message_id, kind, loan_receipt, channel, key_id, signature, body,
          body_sha256, business_date, outcome)
        values ($1, $2, $3, $4, $5, 'single', 'riverbank-2022', $6, $7, $8, '2023-07-01', 'applied')`,
      values: [
        newId(),
        RIVERBANK,
        message_id,
        kind,
        loan_receipt,
        'sig1=:…:',
        body,
        createHash('sha256').update(body).digest(),
      ],
    })
    return { message_id, outcome: 'applied', replayed: false }
  })
  const origin = await server.listen({ host: '127.0.0.1', port: 0 })
  return { origin, close: () => server.close() }
}

async function copyText({ pool }: BenchDatabase, lines: readonly string[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('create temporary table bare_text (line text)')
    const text = lines.map(line => `${line.replaceAll('\\', '\\\\')}\n`)
    await pipeline(Readable.from(text), client.query(copyFrom('copy bare_text from stdin')))
  } finally {
    client.release()
  }
}

/** Enterprises whose codes need not hold: what is measured does not check digits. */
async function addEnterprises({ ownerUrl }: BenchDatabase, count: number): Promise<string[]> {
  const codes = Array.from({ length: count }, (_, n) => `91990100MA${String(n).padStart(8, '0')}`)
  await asOwner(ownerUrl, client =>
    client.query(
      `insert into city_${TEST_CITY.code}.organisation (id, credit_code, name, source_id)
       select millrace.new_id(), code, '测试市某某智能装备有限公司', (select id from city_${TEST_CITY.code}.source limit 1)
       from unnest($1::text[]) code`,
      [codes],
    ),
  )
  return codes
}
