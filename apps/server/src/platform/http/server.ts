import { STATUS_CODES } from 'node:http'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { auditRoutes } from './audit-routes.ts'
import { authRoutes } from './auth-routes.ts'
import { databaseProblem } from './database-problem.ts'
import { measureRequests } from './metrics.ts'
import { languageOf, malformedRequest, noSuchRecord, PROBLEM_MEDIA_TYPE, problemOf } from './problem.ts'
import type { App } from './route.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: string
    /** What a change is of: something new, or a record that stands. */
    change?: 'new' | 'record' | undefined
  }
}

const BODY_LIMIT_BYTES = 1 << 20
const REQUESTS_A_MINUTE_MAX = 1_200

/** What `createHttp` is given besides what it makes itself. */
export type HttpOptions = Omit<App, 'http'> & {
  /** Each module's routes, the lowest floor first. */
  readonly routes: readonly ((app: App) => void)[]
}

/**
 * The HTTP side of the platform: problem documents, OpenAPI, sign-in, metrics and every module's routes.
 * A route that does not declare who may call it stops the start.
 */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const http = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    // The framework's own answer is no problem document: refuseWhileStopping gives ours.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
  })
  http.setValidatorCompiler(validatorCompiler)
  http.setSerializerCompiler(serializerCompiler)
  answerErrors(http)
  http.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith('/api/v1/') && config?.permission === undefined) {
      throw new Error(`The route ${url} does not declare its permission`)
    }
  })

  await http.register(helmet, { contentSecurityPolicy: { directives: POLICY }, hsts: false })
  // Not Brotli: on the fly it takes ten times as long as gzip to save little more.
  await http.register(compress, { threshold: 1024, encodings: ['gzip', 'deflate'] })
  await http.register(multipart, { limits: { fileSize: 1 << 30, files: 1 } })
  await http.register(rateLimit, {
    max: REQUESTS_A_MINUTE_MAX,
    timeWindow: 60_000,
    allowList: request => request.url.startsWith('/api/v1/bank/') || !request.url.startsWith('/api/'),
  })
  refuseWhileStopping(http)
  await http.register(swagger, { openapi: DOCUMENT, transform: jsonSchemaTransform })
  const app: App = { ...options, http }
  await http.register(async scoped => {
    const inside: App = { ...app, http: scoped }
    measureRequests(inside)
    authRoutes(inside)
    auditRoutes(inside)
    for (const declare of options.routes) declare(inside)
    scoped.get('/api/v1/openapi.json', { config: { permission: 'public' }, schema: { hide: true } }, () =>
      http.swagger(),
    )
  })
  await http.ready()
  return http
}

const POLICY = {
  defaultSrc: ["'self'"],
  // Ant Design writes its styles into the page as it renders.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  workerSrc: ["'self'", 'blob:'],
  upgradeInsecureRequests: null,
}

const DOCUMENT = {
  openapi: '3.1.0' as const,
  info: {
    title: 'Millrace',
    version: '1',
    description:
      'Money in fields ending in `_fen` is an integer string; other amounts are yuan with two decimals.',
  },
  components: {
    securitySchemes: {
      session: { type: 'apiKey' as const, in: 'cookie' as const, name: 'better-auth.session_token' },
      signature: {
        type: 'apiKey' as const,
        in: 'header' as const,
        name: 'Signature',
        description: 'HTTP Message Signatures (RFC 9421); see docs/bank-api.md',
      },
    },
  },
}

function answerErrors(http: FastifyInstance): void {
  http.setErrorHandler((error: FastifyError | DomainError, request, reply) => {
    const language = languageOf(request.headers['accept-language'])
    const domainError = asDomainError(error, request)
    if (domainError.status >= 500 && domainError.code !== STOPPING)
      request.log.error({ err: error, request_id: request.id }, 'request failed')
    return reply
      .status(domainError.status)
      .header('content-type', PROBLEM_MEDIA_TYPE)
      .serializer(JSON.stringify)
      .send(problemOf(domainError, language, request.id))
  })
  http.setNotFoundHandler((request, reply) => {
    const error = new DomainError({
      code: 'not-found',
      status: 404,
      value: request.url,
      zh: `没有这个地址：${request.url}`,
      en: `There is nothing at ${request.url}.`,
    })
    return reply
      .status(404)
      .header('content-type', PROBLEM_MEDIA_TYPE)
      .send(problemOf(error, languageOf(request.headers['accept-language']), request.id))
  })
}

const STOPPING = 'server.stopping'
const RETRY_AFTER_S = 30

/** A connection that is still open may bring another request while those in hand are finished. */
function refuseWhileStopping(http: FastifyInstance): void {
  let stopping = false
  http.addHook('preClose', async () => {
    stopping = true
  })
  http.addHook('onRequest', async (_, reply) => {
    if (!stopping) return
    reply.header('retry-after', RETRY_AFTER_S)
    throw new DomainError({
      code: STOPPING,
      status: 503,
      zh: '平台正在停止，这一次没有处理，您提交的内容没有生效：请稍后重试。',
      en: 'The platform is stopping. This request was not handled and nothing of yours took effect: try again shortly.',
    })
  })
}

/** The header `retry-after` says in how many seconds. */
const tooManyRequests = () =>
  new DomainError({
    code: 'request.too-many-requests',
    status: 429,
    zh: '请求太频繁，这一次没有处理：请过一分钟再试。',
    en: 'Too many requests, and this one was not handled: try again in a minute.',
  })

function asDomainError(error: FastifyError | DomainError, request: FastifyRequest): DomainError {
  if (error instanceof DomainError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation
    if (error.validationContext === 'params') {
      const params = request.params as Record<string, string>
      return noSuchRecord(params[first?.instancePath.slice(1) ?? ''] ?? request.url)
    }
    const where = `${error.validationContext ?? 'body'}${(first?.instancePath ?? '').replaceAll('/', '.')}`
    return malformedRequest(where, first?.message ?? '')
  }
  const unavailable = databaseProblem(error)
  if (unavailable) return unavailable
  const status = error.statusCode ?? 500
  if (status === 429) return tooManyRequests()
  if (status < 500) {
    return new DomainError({
      code: `request.${(STATUS_CODES[status] ?? 'refused').toLowerCase().replaceAll(' ', '-')}`,
      status,
      value: error.code,
      zh: `请求无法处理：${error.message}`,
      en: `The request cannot be handled: ${error.message}`,
    })
  }
  return new DomainError({
    code: 'internal',
    status: 500,
    zh: '平台出错了，您提交的内容没有生效；请稍后重试，仍不行请把请求编号告诉我们。',
    en: 'Something failed on our side and nothing of yours took effect. Try again later; if it stays, tell us the request id.',
  })
}
