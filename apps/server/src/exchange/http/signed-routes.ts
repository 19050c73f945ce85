import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { DomainError } from '../../platform/errors.ts'
import type { App } from '../../platform/http/index.ts'
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
        if (error instanceof DomainError) await keep(error.code, request)
        throw error
      }
    })
    declare({ ...app, http })
  })
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
    zh: '请不要压缩请求内容。',
    en: 'Send the body uncompressed.',
    status: 415,
  })
}

/** Keeps refused heads, within a budget. The claimed key and idempotency key are only claims. */
function refusalKeeper({ database, log }: App): (code: string, request: FastifyRequest) => Promise<void> {
  let minute = 0
  let kept = 0
  return async (code, request) => {
    const now = Math.trunc(Date.now() / 60_000)
    if (now !== minute) {
      minute = now
      kept = 0
    }
    if (++kept > STRANGERS_KEPT_A_MINUTE_MAX) return
    const head = headOf(request)
    await recordRefusals(database.db, [
      {
        code,
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
    zh: `Content-Type 应为 ${accepted.join(' 或 ')}。`,
    en: `The Content-Type should be ${accepted.join(' or ')}.`,
    status: 415,
  })
}

/** Runs what may refuse a signed request, and keeps the refusal with the beginning of the body. */
export async function keepingRefusals<T>(
  app: App,
  refused: Omit<Refusal, 'code' | 'body'>,
  body: () => Promise<Uint8Array> | Uint8Array,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DomainError) {
      const beginning = (await body()).subarray(0, MESSAGE_BYTES_MAX)
      await recordRefusals(app.database.db, [{ ...refused, code: error.code, body: beginning }])
    }
    throw error
  }
}
