import { createHmac, randomUUID } from 'node:crypto'

/** What `millrace user add … --json` prints. */
export interface Account {
  readonly email: string
  readonly password: string
  readonly authenticator: string | null
}

/** Someone at a browser. */
export interface Person {
  get<T>(path: string): Promise<T>
  /** @param etag the version of what is changed, as it was seen */
  post<T>(path: string, body?: object | FormData, etag?: string): Promise<T>
}

/** Signs in with the password that the command line showed, and the code that an authenticator would show. */
export async function signIn(address: string, { email, password, authenticator }: Account): Promise<Person> {
  const headers: Record<string, string> = { origin: address, 'accept-language': 'en' }
  const cookies = new Map<string, string>()
  const ask = async <T>(method: string, path: string, body?: object, etag?: string): Promise<T> => {
    const form = body instanceof FormData
    const answer = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...headers,
        cookie: [...cookies].map(pair => pair.join('=')).join('; '),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...(etag === undefined ? {} : { 'if-match': `"${etag}"` }),
        ...(body && !form ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: form ? body : JSON.stringify(body) } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s)
      cookies.set(name, value)
    }
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? (null as T) : JSON.parse(text)
  }
  await ask('POST', '/api/auth/sign-in/email', { email, password })
  if (authenticator) await ask('POST', '/api/auth/two-factor/verify-totp', { code: codeOf(authenticator) })
  return {
    get: path => ask('GET', path),
    post: (path, body, etag) => ask('POST', path, body, etag),
  }
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const PERIOD_MS = 30_000

/** The code of this half minute. Source: RFC 6238, RFC 4648 */
function codeOf(authenticator: string): string {
  const secret = new URL(authenticator).searchParams.get('secret') ?? ''
  const bits = [...secret].map(letter => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / PERIOD_MS)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const number = hash.readUInt32BE(hash.readUInt8(hash.length - 1) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
