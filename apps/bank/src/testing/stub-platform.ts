import {
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  verify,
} from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import smCrypto from 'sm-crypto'
import type { Channel, SigningKey, World } from '../world.ts'
import { Receiver } from './receiver.ts'

type Verify = (base: string, signature: Buffer) => boolean

/** The other half of a key: what a platform would have been told of it. */
export function verifierOf({ algorithm, private_key }: SigningKey): Verify {
  if (algorithm === 'sm2') {
    const curve = createECDH('SM2')
    curve.setPrivateKey(private_key, 'hex')
    const publicKey = curve.getPublicKey('hex')
    return (base, signature) =>
      smCrypto.sm2.doVerifySignature(base, signature.toString('hex'), publicKey, { der: true, hash: true })
  }
  const der = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.from(private_key, 'base64'),
  ])
  const key: KeyObject = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
  return (base, signature) => verify(null, Buffer.from(base), key, signature)
}

/** Rebuilds the signature base from the headers of a request, as RFC 9421 section 2.5 has it. */
export function signatureBase(
  method: string,
  url: string,
  headers: Readonly<Record<string, unknown>>,
): string {
  const [path = '', query] = url.split('?')
  const derived: Readonly<Record<string, string>> = {
    '@method': method,
    '@path': path,
    '@query': query === undefined ? '' : `?${query}`,
  }
  const [, parameters = '', names = ''] =
    /^sig1=(\(([^)]*)\);.*)$/.exec(String(headers['signature-input'])) ?? []
  const lines = names.split(' ').map(quoted => {
    const name = quoted.replaceAll('"', '')
    const value = derived[name] ?? String(headers[name])
    return `"${name}": ${value}`
  })
  return [...lines, `"@signature-params": ${parameters}`].join('\n')
}

/** A platform for tests: checks every signature, answers the bank API, keeps receipts, and fails when it is told to. */
export class StubPlatform {
  readonly receiver: Receiver
  readonly receipts: string[] = []
  readonly requests: string[] = []
  /** Payment files by batch: those of which the treasury has not said everything. */
  readonly batches = new Map<string, string>()
  /** Of these, the ones whose status report has come: they stand as acknowledged. */
  readonly acknowledged = new Set<string>()
  /** Called with each receipt when it is kept, before it is answered. */
  onReceipt: (xml: string) => Promise<void> = async () => {}
  businessDate: string
  /** Once it listens. */
  origin = ''
  /** Statuses that the next requests are answered with, before they are looked at. */
  readonly failNext: number[] = []
  readonly #server: FastifyInstance
  readonly #keys: ReadonlyMap<string, { owner: string; verify: Verify }>

  constructor(world: World) {
    this.businessDate = world.from
    this.receiver = new Receiver(world.enterprises.map(({ credit_code }) => credit_code))
    this.#keys = new Map(
      [
        ...world.banks.map(bank => ({ ...bank, owner: bank.code })),
        { ...world.treasury, owner: 'treasury' },
      ].map(key => [key.key_id, { owner: key.owner, verify: verifierOf(key) }]),
    )
    this.#server = Fastify({ bodyLimit: 32 * 1024 * 1024, forceCloseConnections: true })
    this.#server.removeAllContentTypeParsers()
    this.#server.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))
    this.#routes()
  }

  async listen(): Promise<string> {
    this.origin = await this.#server.listen({ host: '127.0.0.1', port: 0 })
    return this.origin
  }

  async close(): Promise<void> {
    await this.#server.close()
  }

  #routes(): void {
    this.#server.addHook('onRequest', async (request, reply) => {
      this.requests.push(`${request.method} ${request.url}`)
      const status = this.failNext.shift()
      if (status !== undefined) await reply.code(status).header('retry-after', '0').send({ title: 'not now' })
    })
    this.#server.get('/api/v1/clock', () => ({ business_date: this.businessDate, demonstration: true }))
    const bank =
      (channelOf: (request: FastifyRequest) => Channel) =>
      async (request: FastifyRequest, reply: FastifyReply) => {
        const owner = this.#ownerOf(request)
        if (owner === undefined)
          return reply.code(401).send({ code: 'bank.signature-invalid', title: 'not signed' })
        const key = String(request.headers['idempotency-key']).replaceAll('"', '')
        const channel = channelOf(request)
        const answers = this.receiver.receive(owner, channel, key, String(request.body))
        if (channel !== 'single') return { drop_id: key, rows: answers.length, answers }
        const status = { applied: 200, waiting: 202, refused: 422 }[answers[0]?.outcome ?? 'refused']
        return reply.code(status).send(answers[0])
      }
    this.#server.post(
      '/api/v1/bank/messages',
      bank(() => 'single'),
    )
    this.#server.post(
      '/api/v1/bank/drops',
      bank(request => (request.headers['content-type']?.startsWith('text/csv') ? 'csv' : 'ndjson')),
    )
    this.#server.get<{ Querystring: { state: string } }>(
      '/api/v1/treasury/payment-batches',
      async (request, reply) => {
        if (this.#ownerOf(request) !== 'treasury') return reply.code(401).send({})
        const stateOf = (id: string) => (this.acknowledged.has(id) ? 'acknowledged' : 'sent')
        const items = [...this.batches.keys()].map(id => ({ id, state: stateOf(id) }))
        return { items: items.filter(({ state }) => state === request.query.state) }
      },
    )
    this.#server.get<{ Params: { id: string } }>(
      '/api/v1/treasury/payment-batches/:id/pain001',
      async (request, reply) => {
        if (this.#ownerOf(request) !== 'treasury') return reply.code(401).send({})
        return reply.type('application/xml').send(this.batches.get(request.params.id))
      },
    )
    this.#server.post('/api/v1/treasury/receipts', async (request, reply) => {
      if (this.#ownerOf(request) !== 'treasury') return reply.code(401).send({})
      const xml = String(request.body)
      this.receipts.push(xml)
      for (const [id, file] of this.batches) {
        const messageId = /<MsgId>([^<]+)</.exec(file)?.[1] ?? ''
        if (xml.includes(`<OrgnlMsgId>${messageId}<`)) this.acknowledged.add(id)
        const allRefused = this.acknowledged.has(id) && xml.includes('<GrpSts>RJCT<')
        if (allRefused || xml.includes(`<Refs><MsgId>${messageId}<`)) this.batches.delete(id)
      }
      await this.onReceipt(xml)
      return reply.code(200).send({})
    })
  }

  /** Whose signature the request bears; undefined: nobody's. */
  #ownerOf(request: FastifyRequest): string | undefined {
    const { headers } = request
    const digest = createHash('sha256')
      .update(String(request.body ?? ''))
      .digest('base64')
    const key = this.#keys.get(/keyid="([^"]+)"/.exec(String(headers['signature-input']))?.[1] ?? '')
    const created = Number(/created=(\d+)/.exec(String(headers['signature-input']))?.[1])
    if (
      !key ||
      headers['content-digest'] !== `sha-256=:${digest}:` ||
      Math.abs(Date.now() / 1000 - created) > 300
    ) {
      return undefined
    }
    const signature = Buffer.from(/^sig1=:(.+):$/.exec(String(headers.signature))?.[1] ?? '', 'base64')
    return key.verify(signatureBase(request.method, request.url, headers), signature) ? key.owner : undefined
  }
}
