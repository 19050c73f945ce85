import { businessDate } from '../../platform/clock.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import { DomainError } from '../../platform/errors.ts'
import type { MessageAnswer } from '../messages/answer.ts'
import { lockBank } from '../messages/receive-messages.sql.ts'
import { type Handlers, receiveMessages } from '../messages/receive-messages.ts'
import { recordRefusals } from '../messages/refusals.ts'
import { answerLine } from './drop-answer.ts'
import { type Counts, type DropProgress, findProgress, insertPart, openDrop } from './drop-rows.ts'
import { type DropFormat, type DropHead, type DropPart, readHead, readRows } from './read-drop.ts'
import type { SpooledFile } from './spool.ts'

/** A file of messages whose signature and digest hold. */
export interface SignedDrop {
  readonly bankCode: string
  readonly keyId: string
  readonly signature: string
  readonly idempotencyKey: string
  readonly format: DropFormat
  readonly file: SpooledFile
}

export interface ReceivedDrop {
  readonly id: string
  /** The parts that this request took; what other requests with the same file took are replays to its sender. */
  readonly taken: ReadonlySet<number>
}

/**
 * Takes a file of messages: part by part, each with its answers in one transaction, the next one read while the
 * last one is written. A file that was cut off between parts goes on where it stopped when it is sent again, one
 * that was taken whole is only answered, and of two that arrive at once each takes the parts that the other has
 * not.
 *
 * @throws DomainError `bank.drop-empty`, `bank.header-malformed`, `bank.key-reused`
 */
export async function receiveDrop(db: Db, handlers: Handlers, drop: SignedDrop): Promise<ReceivedDrop> {
  if (drop.file.byteCount === 0) throw empty()
  const fields = [...new Set([...handlers.values()].flatMap(handler => handler.fields))]
  const head = await readHead(drop.file, drop.format, fields)
  const { id, sha256 } = await openDrop(db, {
    ...drop,
    sha256: drop.file.sha256,
    byteCount: drop.file.byteCount,
    header: head.header,
    businessDate: await businessDate(db),
  })
  if (!sha256.equals(drop.file.sha256)) throw keyReused(drop.idempotencyKey)
  const taken = new Set<number>()
  for (;;) {
    const progress = await findProgress(db, id)
    if (progress?.final) return { id, taken }
    await takeParts(db, handlers, drop, id, head, progress, taken)
  }
}

/** Takes parts from where the drop stands, until its end or until another request is found to be further. */
async function takeParts(
  db: Db,
  handlers: Handlers,
  drop: SignedDrop,
  dropId: string,
  head: DropHead,
  progress: DropProgress | undefined,
  taken: Set<number>,
): Promise<void> {
  const from = progress ? { byte: progress.byteEnd, line: progress.lineEnd } : head.begin
  let number = progress?.parts ?? 0
  let writing = Promise.resolve(true)
  for await (const part of readRows(drop.file, head, from, handlers)) {
    if (!(await writing)) return
    const current = number++
    writing = inTransaction(db, tx => takePart(tx, handlers, drop, dropId, current, part)).then(took => {
      if (took) taken.add(current)
      return took
    })
    // Awaited a turn later; a failure in between is not an unhandled one.
    writing.catch(() => {})
  }
  await writing
}

/** @returns whether it was this request's turn: false when another one with the same file has taken the part */
async function takePart(
  tx: Tx,
  handlers: Handlers,
  drop: SignedDrop,
  dropId: string,
  number: number,
  part: DropPart,
): Promise<boolean> {
  await lockBank(tx, drop.bankCode)
  if (((await findProgress(tx, dropId))?.parts ?? 0) !== number) return false
  const readable = part.rows.flatMap(({ message, line }) =>
    message ? [{ ...message, line, keyId: drop.keyId }] : [],
  )
  const answers = await receiveMessages(tx, handlers, {
    bankCode: drop.bankCode,
    channel: drop.format,
    dropId,
    messages: readable,
  })
  const malformed = part.rows.flatMap(({ problem, line, bytes }) =>
    problem ? [{ problem, bankCode: drop.bankCode, keyId: drop.keyId, dropId, line, body: bytes }] : [],
  )
  await recordRefusals(tx, malformed)
  let next = 0
  const all = part.rows.map(({ problem, line }) => ({
    line,
    answer: problem ? refusedRow(problem) : getAnswer(answers, next++),
  }))
  await insertPart(tx, {
    dropId,
    part: number,
    byteEnd: part.byteEnd,
    lineEnd: part.lineEnd,
    final: part.final,
    counts: countOf(all.map(({ answer }) => answer)),
    answers: all.map(({ line, answer }) => answerLine(line, answer)).join('\n'),
  })
  return true
}

function refusedRow(problem: NonNullable<MessageAnswer['problem']>): MessageAnswer {
  return { messageId: null, outcome: 'refused', replayed: false, problem }
}

function getAnswer(answers: readonly MessageAnswer[], index: number): MessageAnswer {
  const answer = answers[index]
  if (answer) return answer
  throw new Error('A row was left unanswered')
}

function countOf(answers: readonly MessageAnswer[]): Counts {
  const outcome = (is: MessageAnswer['outcome']) => answers.filter(answer => answer.outcome === is).length
  return {
    rows: answers.length,
    applied: outcome('applied'),
    waiting: outcome('waiting'),
    refused: outcome('refused'),
    replayed: answers.filter(({ replayed }) => replayed).length,
  }
}

function empty(): DomainError {
  return new DomainError({
    code: 'bank.drop-empty',
    zh: '文件是空的：没有要报送的消息时不必发送文件。',
    en: 'The file is empty: where there is nothing to report, no file need be sent.',
  })
}

function keyReused(key: string): DomainError {
  return new DomainError({
    code: 'bank.key-reused',
    where: 'idempotency-key',
    value: key,
    zh: '这个 Idempotency-Key 已用于内容不同的另一个文件，先收到的有效：请换一个编号发送。',
    en: 'This Idempotency-Key was used for another file, and the first one stands: send this one under another key.',
    status: 409,
  })
}
