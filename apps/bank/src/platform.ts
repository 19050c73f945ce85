import { setTimeout as pause } from 'node:timers/promises'
import { type Signer, signedHeaders } from './signature.ts'

/** The platform could not be reached, or did not know what to do, as often as it was asked. */
export class PlatformUnavailableError extends Error {
  readonly code = 'platform.unavailable'

  constructor(what: string, attempts: number, last: string) {
    super(`${what} failed ${attempts} times, the last time with: ${last}`)
    this.name = 'PlatformUnavailableError'
  }
}

export interface PlatformRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** With its question mark. */
  readonly query?: string
  readonly body?: string
  readonly content_type?: string
  readonly idempotency_key?: string
}

export interface PlatformAnswer {
  readonly status: number
  readonly text: string
}

export interface Retrying {
  readonly attempts_max: number
  readonly delay_ms_first: number
  readonly delay_ms_max: number
  readonly timeout_ms: number
}

const PATIENT: Retrying = { attempts_max: 8, delay_ms_first: 100, delay_ms_max: 5_000, timeout_ms: 60_000 }

/** Answers that say nothing about the request: it may be sent again as it is. */
function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

/** A platform may ask to be left alone for so long, and no longer. */
const RETRY_AFTER_MS_MAX = 60_000

/** Seconds that the platform asks to wait, in milliseconds. */
function retryAfter(header: string | null): number {
  return header !== null && /^\d{1,4}$/.test(header) ? Math.min(RETRY_AFTER_MS_MAX, Number(header) * 1000) : 0
}

/** Requests to one platform: signed anew at each attempt, with the same idempotency key. */
export class Platform {
  readonly #origin: string
  readonly #retrying: Retrying
  readonly #stopped: AbortSignal | undefined

  /** @param stopped gives up waiting and asking when it is aborted */
  constructor(origin: string, stopped?: AbortSignal, retrying: Partial<Retrying> = {}) {
    this.#origin = origin.replace(/\/+$/, '')
    this.#stopped = stopped
    this.#retrying = { ...PATIENT, ...retrying }
  }

  /**
   * Asks until there is an answer that says something, a limited number of times.
   *
   * @throws PlatformUnavailableError when there was none
   */
  async ask(request: PlatformRequest, signer?: Signer): Promise<PlatformAnswer> {
    const { attempts_max, delay_ms_first, delay_ms_max } = this.#retrying
    let last = ''
    for (let attempt = 0; attempt < attempts_max; attempt++) {
      this.#stopped?.throwIfAborted()
      let delay_ms = Math.min(delay_ms_max, delay_ms_first * 2 ** attempt)
      try {
        const response = await this.#send(request, signer)
        const text = await response.text()
        if (!isTransient(response.status)) return { status: response.status, text }
        last = `${response.status} ${text.slice(0, 200)}`
        delay_ms = Math.max(delay_ms, retryAfter(response.headers.get('retry-after')))
      } catch (error) {
        this.#stopped?.throwIfAborted()
        last = describe(error)
      }
      if (attempt + 1 < attempts_max) await pause(delay_ms, undefined, { signal: this.#stopped })
    }
    throw new PlatformUnavailableError(`${request.method} ${request.path}`, attempts_max, last)
  }

  /** Sends a request and hangs up when the answer begins: the platform has taken it, and the sender cannot know. */
  async askAndHangUp(request: PlatformRequest, signer: Signer): Promise<void> {
    try {
      const response = await this.#send(request, signer)
      await response.body?.cancel()
    } catch (error) {
      this.#stopped?.throwIfAborted()
      // Whether it arrived is what the sender does not know; it will be sent again.
      if (!(error instanceof Error)) throw error
    }
  }

  /** Sends a request with a signature of something else, once. */
  async askWithWrongSignature(request: PlatformRequest, signer: Signer): Promise<PlatformAnswer> {
    return this.ask(request, { ...signer, sign: text => signer.sign(`${text} `) })
  }

  #send(request: PlatformRequest, signer: Signer | undefined): Promise<Response> {
    const { method, path, query = '', body, content_type, idempotency_key } = request
    const created = Math.floor(Date.now() / 1000)
    const signed = signer
      ? signedHeaders({ method, path, query, body: body ?? '', idempotency_key, created }, signer)
      : {}
    const timeout = AbortSignal.timeout(this.#retrying.timeout_ms)
    return fetch(`${this.#origin}${path}${query}`, {
      method,
      headers: {
        accept: 'application/json, application/xml',
        ...(content_type && { 'content-type': content_type }),
        ...signed,
      },
      signal: this.#stopped ? AbortSignal.any([this.#stopped, timeout]) : timeout,
      ...(body !== undefined && { body }),
    })
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
