import { createHash } from 'node:crypto'
import type { FastifyError, FastifyRequest } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { DomainError } from '../../platform/errors.ts'
import type { App } from '../../platform/http/index.ts'
import { problemOfError } from '../messages/problem.ts'
import { MESSAGE_BYTES_MAX } from '../messages/read-message.ts'
import { type Refusal, recordRefusals } from '../messages/refusals.ts'
import { authenticateHead, requireDigest, type SignedHead } from '../signatures/authenticate-request.ts'
import { headerOf, type RequestHead } from '../signatures/signature-base.ts'
import type { FindKey } from '../signatures/signing-keys.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who signed the request; null on routes that are not signed. */
    signedHead: SignedHead | null
  }
}

/** Refused requests of strangers that are kept in a minute: nobody can fill the database with them. */
const STRANGERS_KEPT_A_MINUTE_MAX = 120
const NO_BODY = createHash('sha256').digest()
/** What a file may come as; its bytes are left to the route. */
const STREAMED = ['application/x-ndjson', 'text/csv']
const BUFFERED = ['application/json', 'application/xml']

/**
 * Declares routes for programs whose requests are signed. The signature is verified before the body is read;
 * bodies arrive as they were sent, a buffer or (files) a stream, and `getSignedBody` or the route itself holds them
 * to their digest.
 */
export function signedRoutes(app: App, findKey: FindKey, declare: (inside: App) => void): void {
  app.http.register(async http => {
    const keep = refusalKeeper(app)
    http.decorateRequest('signedHead', null)
    http.removeAllContentTypeParsers()
    http.addContentTypeParser(BUFFERED, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    http.addContentTypeParser(STREAMED, (_request, payload, done) => done(null, payload))
    // Bodies are checked message by message and answered in the contract's own terms.
    http.setValidatorCompiler<z.ZodType>(route =>
      route.httpPart === 'body' ? value => ({ value }) : validatorCompiler(route),
    )
    http.addHook('onRequest', async request => {
      try {
        refuseEncoded(request)
        request.signedHead = await authenticateHead(headOf(request), findKey, Date.now())
        if (request.method === 'GET') requireDigest(request.signedHead, NO_BODY)
      } catch (error) {
        if (error instanceof DomainError) await keep(error, request)
        throw error
      }
    })
    // Thrown on to the platform's own handler, which makes a problem document of it.
    http.setErrorHandler<FastifyError>((error, request) => {
      throw bodyProblem(error, request) ?? error
    })
    declare({ ...app, http })
  })
}

/** What the HTTP server says of a body before a route sees it, in words for the bank's engineer. */
function bodyProblem({ code }: FastifyError, request: FastifyRequest): DomainError | undefined {
  const { bodyLimit, schema } = request.routeOptions
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new DomainError({
        code: 'bank.body-too-large',
        where: 'content-length',
        value: request.headers['content-length'],
        zh: `请求内容超过 ${bodyLimit} 字节：单条消息请检查内容，多条消息请作为文件发送到 /api/v1/bank/drops。`,
        en: `The body has more than ${bodyLimit} bytes: check a single message; send several as a file to /api/v1/bank/drops.`,
        status: 413,
      })
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new DomainError({
        code: 'bank.content-length',
        where: 'content-length',
        value: request.headers['content-length'],
        zh: '收到的字节数与 Content-Length 不符：请按实际字节数（不是字符数）填写后重新发送。',
        en: 'Content-Length does not say how many bytes came: give the number of bytes, not of characters, and send it again.',
        status: 400,
      })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return contentType(schema?.consumes ?? ['application/json'])
    default:
      return undefined
  }
}

function headOf({ method, raw, headers }: FastifyRequest): RequestHead {
  return { method, url: raw.url ?? '', headers }
}

function refuseEncoded(request: FastifyRequest): void {
  const encoding = request.headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return
  throw new DomainError({
    code: 'bank.content-encoding',
    where: 'content-encoding',
    value: encoding.slice(0, 100),
    zh: `请求内容不能压缩（Content-Encoding 为“${encoding.slice(0, 40)}”）：请发送未压缩的内容，Content-Digest 按它计算。`,
    en: `The body may not be compressed (Content-Encoding is "${encoding.slice(0, 40)}"): send it uncompressed, with the Content-Digest of that.`,
    status: 415,
  })
}

/** Keeps refused heads, within a budget. The claimed key and idempotency key are only claims. */
function refusalKeeper({
  database,
  log,
}: App): (error: DomainError, request: FastifyRequest) => Promise<void> {
  let minute = 0
  let kept = 0
  return async (error, request) => {
    const now = Math.trunc(Date.now() / 60_000)
    if (now !== minute) {
      minute = now
      kept = 0
    }
    if (++kept > STRANGERS_KEPT_A_MINUTE_MAX) return
    const head = headOf(request)
    await recordRefusals(database.db, [
      {
        problem: problemOfError(error),
        keyId: printable(/;keyid="([^"]*)"/.exec(headerOf(head, 'signature-input') ?? '')?.[1]),
        idempotencyKey: printable(headerOf(head, 'idempotency-key')),
        body: new Uint8Array(),
      },
    ]).catch(error => log.error({ err: error }, 'a refused request could not be recorded'))
  }
}

function printable(text: string | undefined): string | undefined {
  return text?.slice(0, 100).replace(/[^\x20-\x7e]/g, '?')
}

/** The one whose word a request is. */
export function getSignedHead(request: FastifyRequest): SignedHead {
  if (request.signedHead) return request.signedHead
  throw new Error(`The route ${request.url} is not declared as signed`)
}

/**
 * The body of a signed request, held to its digest.
 *
 * @throws DomainError 401 `bank.digest-mismatch`, 415 `bank.content-type`
 */
export function getSignedBody(request: FastifyRequest): Buffer {
  const body: unknown = request.body
  if (!Buffer.isBuffer(body)) throw contentType(BUFFERED)
  requireDigest(getSignedHead(request), createHash('sha256').update(body).digest())
  return body
}

export function contentType(accepted: readonly string[]): DomainError {
  return new DomainError({
    code: 'bank.content-type',
    where: 'content-type',
    zh: `Content-Type 应为 ${accepted.join(' 或 ')}：请改正后重新发送。`,
    en: `The Content-Type should be ${accepted.join(' or ')}: correct it and send it again.`,
    status: 415,
  })
}

/** Runs what may refuse a signed request, and keeps the refusal with the beginning of the body. */
export async function keepingRefusals<T>(
  app: App,
  refused: Omit<Refusal, 'problem' | 'body'>,
  body: () => Promise<Uint8Array> | Uint8Array,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DomainError) {
      const beginning = (await body()).subarray(0, MESSAGE_BYTES_MAX)
      await recordRefusals(app.database.db, [{ ...refused, problem: problemOfError(error), body: beginning }])
    }
    throw error
  }
}
