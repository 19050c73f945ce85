import { bodyOf, cutBodyOf, type Parcel } from './parcels.ts'
import type { Platform, PlatformAnswer, PlatformRequest } from './platform.ts'
import type { Signer } from './signature.ts'

/** How the platform took what was sent. */
export interface Counts {
  /** Applied or waiting, for the first time. */
  accepted: number
  /** Known already: the first answer was given again. */
  replayed: number
  refused: number
}

/** A refusal of something that is right. */
export interface UnexpectedRefusal {
  readonly message_id: string
  readonly status: number
  readonly code: string
  readonly detail: string
}

export interface Delivered {
  readonly counts: Counts
  readonly unexpected: readonly UnexpectedRefusal[]
}

/** One answer, read from whatever the platform sent: an answer of the bank API, or a problem document. */
interface Answer {
  readonly message_id: string
  readonly outcome: 'accepted' | 'refused'
  /** The answer was given before. */
  readonly replayed: boolean
  readonly code: string
  readonly detail: string
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

function readAnswer(value: unknown, fallback: 'accepted' | 'refused', messageId: string): Answer {
  const fields = fieldsOf(value)
  const word = (name: string) => {
    const field = fields.get(name)
    return typeof field === 'string' ? field : ''
  }
  const outcome = word('outcome')
  return {
    message_id: word('message_id') || messageId,
    outcome: outcome === 'refused' ? 'refused' : outcome === '' ? fallback : 'accepted',
    replayed: fields.get('replayed') === true,
    code: word('code'),
    detail: word('detail') || word('title'),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What became of each message of a request. A request that is refused as a whole counts as one refusal. */
function readAnswers({ status, text }: PlatformAnswer, parcel: Parcel): Answer[] {
  const body = parse(text)
  const answers = fieldsOf(body).get('answers')
  const fallback = status < 300 ? 'accepted' : 'refused'
  if (Array.isArray(answers)) {
    return answers.map((answer, index) =>
      readAnswer(answer, fallback, parcel.messages[index]?.message.message_id ?? `row ${index + 1}`),
    )
  }
  return [readAnswer(body, fallback, parcel.key)]
}

function requestOf(parcel: Parcel, body: string, key: string): PlatformRequest {
  const single = parcel.channel === 'single'
  const types = { single: 'application/json', ndjson: 'application/x-ndjson', csv: 'text/csv; charset=utf-8' }
  return {
    method: 'POST',
    path: single ? '/api/v1/bank/messages' : '/api/v1/bank/drops',
    content_type: types[parcel.channel],
    body,
    idempotency_key: key,
  }
}

/**
 * Sends a parcel, with the trouble that it is to have, until the platform has given its answer.
 *
 * @throws PlatformUnavailableError when the platform does not answer
 */
export async function deliver(platform: Platform, signer: Signer, parcel: Parcel): Promise<Delivered> {
  const counts: Counts = { accepted: 0, replayed: 0, refused: 0 }
  const unexpected: UnexpectedRefusal[] = []
  const onPurpose = new Set(
    parcel.messages.flatMap(({ refusal_expected, message }) =>
      refusal_expected ? [message.message_id] : [],
    ),
  )
  const take = (answer: PlatformAnswer, refusalExpected = false) => {
    for (const { outcome, replayed, message_id, code, detail } of readAnswers(answer, parcel)) {
      counts[replayed ? 'replayed' : outcome] += 1
      if (outcome === 'refused' && !refusalExpected && !onPurpose.has(message_id)) {
        unexpected.push({ message_id, status: answer.status, code, detail })
      }
    }
  }
  const request = requestOf(parcel, bodyOf(parcel), parcel.key)
  switch (parcel.trouble) {
    case 'sent twice':
      take(await platform.ask(request, signer))
      break
    case 'sent twice at once': {
      const [one, other] = await Promise.all([platform.ask(request, signer), platform.ask(request, signer)])
      take(one)
      take(other)
      return { counts, unexpected }
    }
    case 'cut, then sent whole':
      take(await platform.ask(requestOf(parcel, cutBodyOf(parcel), `${parcel.key}-cut`), signer), true)
      break
    case 'signed wrongly, then rightly':
      take(await platform.askWithWrongSignature(request, signer), true)
      break
    case 'answer lost, then sent again':
      await platform.askAndHangUp(request, signer)
      break
    case undefined:
      break
    default:
      parcel.trouble satisfies never
  }
  take(await platform.ask(request, signer))
  return { counts, unexpected }
}
