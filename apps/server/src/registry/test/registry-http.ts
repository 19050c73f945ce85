import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { pino } from 'pino'
import type { TestDatabase } from '../../../../../test/database.ts'
import { createAuth, createUser, currentCode } from '../../platform/auth/index.ts'
import { createHttp } from '../../platform/http/index.ts'
import { type Role, STAFF } from '../../platform/permissions.ts'
import { registryRoutes } from '../routes.ts'
import { city } from './fixtures.ts'

const PASSWORD = 'correct horse battery'
const HEADERS = { host: 'localhost', origin: 'http://localhost' }

interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: Record<string, unknown>
  json(): Record<string, unknown>
}

export interface Person {
  get(url: string, language?: string): Promise<Answer>
  post(url: string, body: unknown): Promise<Answer>
  /** One file as a form does. */
  upload(url: string, name: string, content: string): Promise<Answer>
}

/** The registry's routes over HTTP, and people to call them. */
export async function startRegistryHttp(database: TestDatabase) {
  const auth = createAuth(database, 'a secret for tests that is long enough')
  const log = pino({ level: 'silent' })
  const http = await createHttp({ database, auth, city, log, demonstration: false, routes: [registryRoutes] })

  const personWith = (cookie: string | undefined): Person => {
    const headers = { ...HEADERS, ...(cookie === undefined ? {} : { cookie }) }
    const ask = async (request: InjectOptions): Promise<Answer> => {
      const answer = await http.inject(request)
      return {
        status: answer.statusCode,
        body: answer.body,
        headers: answer.headers,
        json: () => answer.json(),
      }
    }
    return {
      get: (url, language = 'zh') =>
        ask({ method: 'GET', url, headers: { ...headers, 'accept-language': language } }),
      post: (url, body) =>
        ask({
          method: 'POST',
          url,
          headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
          payload: JSON.stringify(body),
        }),
      upload: async (url, name, content) => {
        const form = new FormData()
        form.append('file', new Blob([content]), name)
        const encoded = new Response(form)
        const type = encoded.headers.get('content-type') ?? ''
        return ask({
          method: 'POST',
          url,
          headers: { ...headers, 'content-type': type },
          payload: Buffer.from(await encoded.arrayBuffer()),
        })
      },
    }
  }

  /** Someone of a role, signed in with a second factor where the role needs one. */
  const signIn = async (
    role: Role,
    actsFor: { creditCode?: string; townCode?: string; bankCode?: string } = {},
  ): Promise<Person> => {
    const staff = STAFF.includes(role)
    const email = `${role}-${Object.values(actsFor).join('')}@example.test`.toLowerCase()
    await createUser(database, auth, {
      email,
      name: role,
      role,
      password: PASSWORD,
      cityCode: city.code,
      ...(staff ? { secondFactorSecret: `secret of ${email}` } : {}),
      ...actsFor,
    })
    const first = await http.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email, password: PASSWORD },
    })
    if (!staff) return personWith(cookieOf(first.headers['set-cookie']))
    const second = await http.inject({
      method: 'POST',
      url: '/api/auth/two-factor/verify-totp',
      headers: { ...HEADERS, cookie: cookieOf(first.headers['set-cookie']) },
      payload: { code: (await currentCode(database, auth, email)) ?? '' },
    })
    return personWith(cookieOf(second.headers['set-cookie']))
  }

  return { anyone: personWith(undefined), signIn, close: () => http.close() }
}

function cookieOf(header: string | readonly string[] | undefined): string {
  return [header ?? []]
    .flat()
    .map(line => line.split(';')[0])
    .join('; ')
}
