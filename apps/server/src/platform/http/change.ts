import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type AskedChange, claimKey, keepAnswer } from '../db/answered-change.ts'
import { type Database, inTransaction, type RecordKind, type Tx } from '../db/index.ts'
import type { Actor } from '../permissions.ts'
import {
  changedSince,
  idempotencyKeyMalformed,
  idempotencyKeyMissing,
  idempotencyKeyReused,
  preconditionMissing,
} from './change-problems.ts'

/**
 * How people change things, for every route that declares `change`:
 *
 * - The whole handler is one transaction. Its `database.db` is that transaction.
 * - `Idempotency-Key` names the attempt: repeating it gives the first answer and changes nothing.
 * - Where a record is changed, `If-Match` names the version that was seen: if another stands now, nothing is done.
 */
export interface Change<Context> {
  /** Which record is changed; absent where something new is made. */
  readonly record?: {
    readonly kind: RecordKind
    id(context: Context, tx: Tx): string | Promise<string>
  }
}

const ENTITY_TAG = /^\s*(?:W\/)?"?([^",]*)"?\s*$/
const KEY = /^[\x21-\x7e]{8,200}$/

const keyHeader = z
  .string()
  .describe('Chosen by the caller, new for each thing it wants done: repeating it gives the first answer')
const matchHeader = z.string().describe('The `etag` of the record as it was seen')

/** What the OpenAPI document says of the headers. */
export function changeHeaders(change: Change<never>): z.ZodType {
  return change.record
    ? z.looseObject({ 'idempotency-key': keyHeader, 'if-match': matchHeader })
    : z.looseObject({ 'idempotency-key': keyHeader })
}

/** Before the body is read: a request without its key or its version is refused whatever it carries. */
export function requireChangeHeaders(change: Change<never>, { headers }: FastifyRequest): void {
  const key = headers['idempotency-key']
  if (typeof key !== 'string' || key === '') throw idempotencyKeyMissing()
  if (!KEY.test(key)) throw idempotencyKeyMalformed()
  if (change.record && versionsOf(headers['if-match']).length === 0) throw preconditionMissing()
}

/** `*` names no version: it would be the blind write that If-Match is there to prevent. */
function versionsOf(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map(tag => ENTITY_TAG.exec(tag)?.[1] ?? '')
    .filter(version => version !== '' && version !== '*')
}

export interface Attempt<Context> {
  readonly database: Database
  readonly timeZone: string
  readonly actor: Actor
  readonly request: FastifyRequest
  /** The handler's context inside the transaction. */
  contextOf(database: Database, afterwards: (work: () => Promise<unknown>) => void): Context
  work(context: Context): Promise<unknown>
}

/**
 * Makes a change once, or gives the answer of the time it was made.
 *
 * @throws DomainError `request.idempotency-key-reused`, `record.changed-since`, and what the work throws: then
 *   nothing was changed and the key is free again
 */
export async function makeChange<Context>(
  change: Change<Context>,
  attempt: Attempt<Context>,
): Promise<{ readonly answer: unknown; readonly replayed: boolean }> {
  const asked = askedChange(attempt)
  let after: (() => Promise<unknown>)[] = []
  const made = await inTransaction(attempt.database.db, async tx => {
    after = []
    const claimed = await claimKey(tx, asked)
    if (claimed.kind === 'reused') throw idempotencyKeyReused()
    if (claimed.kind === 'answered') return { answer: claimed.answer, replayed: true }
    const context = attempt.contextOf({ ...attempt.database, db: tx }, work => after.push(work))
    await requireVersion(tx, change, context, attempt)
    const answer = await attempt.work(context)
    await keepAnswer(tx, asked, answer)
    return { answer, replayed: false }
  })
  for (const work of after) {
    // The change stands, whatever becomes of what follows from it: it is not told as failed.
    await work().catch(err =>
      attempt.request.log.error({ err, request_id: attempt.request.id }, 'after a change'),
    )
  }
  return made
}

function askedChange<Context>({ request, actor }: Attempt<Context>): AskedChange {
  const { method, url, body, headers, routeOptions } = request
  return {
    actor: actor.id,
    key: String(headers['idempotency-key']),
    route: `${method} ${routeOptions.url ?? url}`,
    requestSha256: createHash('sha256')
      .update(`${method} ${url}\n${JSON.stringify(body ?? null)}`)
      .digest(),
  }
}

async function requireVersion<Context>(
  tx: Tx,
  { record }: Change<Context>,
  context: Context,
  { request, timeZone }: Attempt<Context>,
): Promise<void> {
  if (!record) return
  const seen = versionsOf(request.headers['if-match'])
  await requireUnchanged(tx, record.kind, await record.id(context, tx), seen, timeZone)
}

/**
 * Locks a record and sees to it that it is as it was seen, for changes of several records at once.
 *
 * @throws DomainError `record.changed-since`
 */
export async function requireUnchanged(
  tx: Tx,
  kind: RecordKind,
  id: string,
  seen: readonly string[],
  timeZone: string,
): Promise<void> {
  const version = await kind.lockVersion(tx, id)
  // What is not there is for the handler to say, in its own words.
  if (version === undefined || seen.includes(version)) return
  throw await changedSince(tx, kind.subjectKind, id, version, timeZone)
}
