import type { Db } from '../../platform/db/index.ts'
import type { Language } from '../../platform/errors.ts'
import { type MessageAnswer, problemFields } from '../messages/answer.ts'
import { type Counts, findParts, getAnswers } from './drop-rows.ts'
import type { ReceivedDrop } from './receive-drop.ts'

const FIRST = '"replayed":false}'
const AGAIN = '"replayed":true}'

/** The answer to a row, as it is kept: one without a problem is sent as it is kept. */
export function answerLine(line: number, { messageId, outcome, replayed, problem }: MessageAnswer): string {
  if (!problem) {
    // Nothing in it could need escaping: an identifier that did would have been a problem.
    return `{"line":${line},"message_id":"${messageId}","outcome":"${outcome}",${replayed ? AGAIN : FIRST}`
  }
  return JSON.stringify({ line, message_id: messageId, outcome, problem, replayed })
}

/**
 * Writes the answer to a drop, a part at a time: a large file has a large answer.
 *
 * @param received answers of parts that its request did not take are replays
 */
export async function* writeDropAnswer(
  db: Db,
  { id, taken }: ReceivedDrop,
  language: Language,
): AsyncGenerator<string> {
  const parts = await findParts(db, id)
  const sum = (of: (part: Counts) => number) => parts.reduce((total, part) => total + of(part), 0)
  const counts = {
    rows: sum(part => part.rows),
    applied: sum(part => part.applied),
    waiting: sum(part => part.waiting),
    refused: sum(part => part.refused),
    replayed: parts.reduce((total, part) => total + (taken.has(part.part) ? part.replayed : part.rows), 0),
  }
  yield `${JSON.stringify({ drop_id: id, ...counts }).slice(0, -1)},"answers":[`
  let separator = ''
  for (const { part, rows } of parts) {
    if (rows === 0) continue
    const lines = (await getAnswers(db, id, part)).split('\n')
    yield separator + lines.map(line => inLanguage(line, language, !taken.has(part))).join(',')
    separator = ','
  }
  yield ']}'
}

function inLanguage(line: string, language: Language, again: boolean): string {
  const said = again && line.endsWith(FIRST) ? line.slice(0, -FIRST.length) + AGAIN : line
  if (!said.includes('"problem":')) return said
  const { problem, replayed, ...answer } = JSON.parse(said)
  return JSON.stringify({ ...answer, replayed, ...problemFields(problem, language) })
}
