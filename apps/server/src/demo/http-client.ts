import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { DomainError } from '../platform/errors.ts'

const ATTEMPTS_MAX = 8

const ProblemAnswer = z.object({ code: z.string(), detail: z.string() })
const Accounts = z.object({
  accounts: z.array(
    z.object({ email: z.string(), password: z.string(), role: z.string(), code: z.string().nullable() }),
  ),
})

/** What the platform refused, as its problem document says it. */
export class RefusedError extends DomainError {
  constructor(status: number, path: string, problem: { code: string; detail: string }) {
    super({ code: problem.code, status, where: path, zh: problem.detail, en: problem.detail })
  }
}

/** A person at a browser, as far as the platform can tell: signs in, keeps the cookie, asks. */
export interface Session {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>
  /** @param etag the version of what is changed, as it was seen */
  post<T>(path: string, body: object | undefined, schema: z.ZodType<T>, etag?: string): Promise<T>
  /** What a route sends piece by piece, until it ends or the signal is given. */
  stream(path: string, signal: AbortSignal): Promise<AsyncIterable<string>>
}

/**
 * Signs in over HTTP with an account of the demonstration, with password and, where it has one, second factor.
 *
 * @param platform where it answers, such as `http://127.0.0.1:8080`
 */
export async function signIn(platform: string, email: string): Promise<Session> {
  const headers: Record<string, string> = { origin: platform, 'accept-language': 'en' }
  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    etag?: string,
  ): Promise<unknown> => {
    const change = {
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...(etag === undefined ? {} : { 'if-match': `"${etag}"` }),
    }
    for (let attempt = 1; ; attempt++) {
      const answer = await fetch(`${platform}${path}`, {
        method,
        headers: { ...headers, ...change, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      keepCookies(headers, answer)
      const text = await answer.text()
      if (answer.ok) return text === '' ? null : JSON.parse(text)
      // Sign-in is slowed down against guessing; a demonstration with many enterprises waits its turn.
      if (answer.status !== 429 || attempt === ATTEMPTS_MAX) throw refused(answer.status, path, text)
      await new Promise(resolve => setTimeout(resolve, 2_000 * attempt))
    }
  }
  const account = (await findAccount(platform, email)) ?? noAccount(email)
  const first = z
    .object({ twoFactorRedirect: z.boolean().optional() })
    .parse(await ask('POST', '/api/auth/sign-in/email', { email, password: account.password }))
  if (first.twoFactorRedirect) {
    // Asked for again: the code may have changed since.
    const code = (await findAccount(platform, email))?.code ?? ''
    await ask('POST', '/api/auth/two-factor/verify-totp', { code })
  }
  return {
    get: async (path, schema) => schema.parse(await ask('GET', path)),
    post: async (path, body, schema, etag) => schema.parse(await ask('POST', path, body, etag)),
    stream: async (path, signal) => {
      const answer = await fetch(`${platform}${path}`, { headers, signal })
      if (!answer.ok || !answer.body) throw refused(answer.status, path, await answer.text())
      return answer.body.pipeThrough(new TextDecoderStream())
    },
  }
}

async function findAccount(platform: string, email: string) {
  const answer = await fetch(`${platform}/api/v1/demonstration/accounts`)
  return Accounts.parse(await answer.json()).accounts.find(account => account.email === email)
}

function keepCookies(headers: Record<string, string>, answer: Response): void {
  const jar = new Map(
    (headers.cookie ?? '').split('; ').flatMap(pair => {
      const [name, value] = pair.split(/=(.*)/s)
      return name && value !== undefined ? [[name, value] as const] : []
    }),
  )
  for (const cookie of answer.headers.getSetCookie()) {
    const [name, value] = (cookie.split(';')[0] ?? '').split(/=(.*)/s)
    if (name && value !== undefined) jar.set(name, value)
  }
  if (jar.size > 0) headers.cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
}

function refused(status: number, path: string, text: string): RefusedError {
  let problem = { code: `http.${status}`, detail: text.slice(0, 300) }
  try {
    problem = ProblemAnswer.parse(JSON.parse(text))
  } catch {
    // Not a problem document: the status says what there is to say.
  }
  return new RefusedError(status, path, problem)
}

function noAccount(email: string): never {
  throw new DomainError({
    code: 'demonstration.unknown-account',
    value: email,
    zh: `演示里没有账号 ${email}。`,
    en: `The demonstration has no account ${email}.`,
  })
}
