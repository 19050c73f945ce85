import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { z } from 'zod'
import { type Auth, findSignedIn } from '../auth/index.ts'
import type { City } from '../city.ts'
import type { Database } from '../db/index.ts'
import type { Language } from '../errors.ts'
import { type Actor, type Permission, type Scope, STAFF, scopeOf } from '../permissions.ts'
import { type Change, changeHeaders, makeChange, requireChangeHeaders } from './change.ts'
import {
  forbidden,
  foreignOrigin,
  languageOf,
  notSignedIn,
  Problem,
  secondFactorRequired,
} from './problem.ts'

/** What every module's routes stand on. */
export interface App {
  readonly http: FastifyInstance
  readonly database: Database
  readonly auth: Auth
  readonly city: City
  readonly log: Logger
  /** The clock can be advanced and demonstration accounts are shown. */
  readonly demonstration: boolean
}

type Schema = z.ZodType | undefined
type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined

/**
 * Who may call a route: a permission of the table, anyone who is signed in, everyone, or a program whose request
 * is signed (the route's own plugin verifies the signature).
 */
export type Access = Permission | 'signed-in' | 'public' | 'signed'

export interface RouteContext<Q extends Schema, P extends Schema, B extends Schema> {
  readonly query: Parsed<Q>
  readonly params: Parsed<P>
  readonly body: Parsed<B>
  /** Who acts; for `public` and `signed` routes there is nobody. */
  readonly actor: Actor
  /** Whose records the actor reaches under the route's permission. */
  readonly scope: Scope
  readonly language: Language
  readonly database: Database
  readonly city: City
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Of a change: work to be done once its transaction has ended well, before the answer is given. */
  afterwards(work: () => Promise<unknown>): void
}

export interface RouteDeclaration<Q extends Schema, P extends Schema, B extends Schema, R extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: `/api/v1/${string}`
  readonly permission: Access
  readonly summary: string
  readonly tag?: string
  readonly query?: Q
  readonly params?: P
  readonly body?: B
  /** The answer with status 200. A handler that sends the reply itself returns it. */
  readonly response: R
  /** Set for what a person changes: makes it one transaction, once, and on the version that was seen. */
  readonly change?: Change<RouteContext<Q, P, B>>
  /** How many requests of one address a minute, where that is fewer than elsewhere. */
  readonly requestsAMinute_max?: number
  /** Set for bodies that are not JSON. */
  readonly consumes?: readonly string[]
  /** Set for answers that are not JSON. */
  readonly produces?: readonly string[]
  readonly bodyLimit_bytes?: number
  handler(context: RouteContext<Q, P, B>): Promise<z.input<R> | FastifyReply>
}

const nobody: Actor = {
  id: 'nobody',
  name: 'nobody',
  role: 'enterprise',
  bankCode: null,
  creditCode: null,
  townCode: null,
}
const nothing: Scope = { kind: 'organisation', creditCode: '' }

/** Declares a route: its permission, its schemas (from which the OpenAPI document is made) and what it does. */
export function route<
  R extends z.ZodType,
  Q extends Schema = undefined,
  P extends Schema = undefined,
  B extends Schema = undefined,
>(app: App, declaration: RouteDeclaration<Q, P, B, R>): void {
  const { query, params, body, permission, change, requestsAMinute_max: limit } = declaration
  const json = declaration.produces === undefined
  app.http.route({
    method: declaration.method,
    url: declaration.url,
    ...(declaration.bodyLimit_bytes === undefined ? {} : { bodyLimit: declaration.bodyLimit_bytes }),
    config: {
      permission,
      change: change === undefined ? undefined : change.record === undefined ? 'new' : 'record',
      ...(limit === undefined ? {} : { rateLimit: { max: limit, timeWindow: 60_000 } }),
    },
    schema: {
      summary: declaration.summary,
      tags: [declaration.tag ?? tagOf(declaration.url)],
      security: security(permission),
      description: `permission: \`${permission}\``,
      ...(query === undefined ? {} : { querystring: query }),
      ...(params === undefined ? {} : { params }),
      ...(body === undefined ? {} : { body }),
      ...(change === undefined ? {} : { headers: changeHeaders(change) }),
      ...(declaration.consumes === undefined ? {} : { consumes: [...declaration.consumes] }),
      ...(declaration.produces === undefined ? {} : { produces: [...declaration.produces] }),
      ...(json ? { response: { 200: declaration.response, default: Problem } } : {}),
    },
    // Before the body is read: who may not call a route learns nothing of what it takes.
    onRequest: async request => {
      admissions.set(request, await admit(app, permission, request))
      if (change) requireChangeHeaders(change, request)
    },
    handler: async (request, reply) => {
      const { actor, scope } = admissions.get(request) ?? (await admit(app, permission, request))
      const contextOf = (
        database: Database,
        afterwards: (work: () => Promise<unknown>) => void,
      ): RouteContext<Q, P, B> => ({
        query: request.query as Parsed<Q>,
        params: request.params as Parsed<P>,
        body: request.body as Parsed<B>,
        actor,
        scope,
        language: languageOf(request.headers['accept-language']),
        database,
        city: app.city,
        request,
        reply,
        afterwards,
      })
      const work = (context: RouteContext<Q, P, B>) => declaration.handler(context)
      const answer = change ? await changed() : await work(contextOf(app.database, onlyOfChanges))
      const tag = entityTagOf(answer)
      if (tag !== undefined) reply.header('etag', `"${tag}"`)
      return answer

      async function changed(): Promise<unknown> {
        const { database, city } = app
        const attempt = { database, timeZone: city.timeZone, actor, request, contextOf, work }
        const made = await makeChange(change as Change<RouteContext<Q, P, B>>, attempt)
        if (made.replayed) reply.header('idempotency-replayed', 'true')
        return made.answer
      }
    },
  })
}

/** An answer that carries its record's version has it as its entity tag too. */
function entityTagOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('etag' in answer)) return undefined
  return typeof answer.etag === 'string' ? answer.etag : undefined
}

function onlyOfChanges(): never {
  throw new Error('Only a route that declares a change has an afterwards')
}

interface Admission {
  readonly actor: Actor
  readonly scope: Scope
}

/** Who was let in, between the hook that asks and the handler that acts. */
const admissions = new WeakMap<FastifyRequest, Admission>()

async function admit(app: App, access: Access, request: FastifyRequest): Promise<Admission> {
  if (access === 'public' || access === 'signed') return { actor: nobody, scope: nothing }
  requireOwnOrigin(request)
  const headers = new Headers()
  if (request.headers.cookie !== undefined) headers.set('cookie', request.headers.cookie)
  const signedIn = await findSignedIn(app.auth, headers)
  if (!signedIn || signedIn.cityCode !== app.city.code) throw notSignedIn()
  const { actor } = signedIn
  if (access === 'signed-in') return { actor, scope: nothing }
  if (STAFF.includes(actor.role) && !signedIn.secondFactor) throw secondFactorRequired()
  const scope = scopeOf(access, actor)
  if (!scope) throw forbidden(access, actor.role)
  return { actor, scope }
}

/** A session cookie is only good for changes that our own pages ask for. */
function requireOwnOrigin({ method, headers }: FastifyRequest): void {
  const { origin, host } = headers
  if (method === 'GET' || origin === undefined || origin === `http://${host}` || origin === `https://${host}`)
    return
  throw foreignOrigin(origin)
}

function tagOf(url: string): string {
  return url.split('/')[3] ?? 'millrace'
}

function security(access: Access): Record<string, string[]>[] {
  if (access === 'public') return []
  return access === 'signed' ? [{ signature: [] }] : [{ session: [] }]
}
