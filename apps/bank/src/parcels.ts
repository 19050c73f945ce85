import type { PlainDate } from './calendar.ts'
import { type BankMessage, MESSAGE_FIELDS, type SentMessage } from './messages.ts'
import { groupBy } from './order.ts'
import type { Channel, World } from './world.ts'

/** What goes wrong with a parcel on its way, apart from what is in it. */
export type Trouble =
  | 'sent twice'
  | 'sent twice at once'
  | 'cut, then sent whole'
  | 'signed wrongly, then rightly'
  | 'answer lost, then sent again'

/** A message on its way; `refusal_expected` where it is wrong on purpose. */
export interface Dispatch extends SentMessage {
  readonly refusal_expected?: boolean
}

/** One request: a message, or a file of them. */
export interface Parcel {
  readonly bank_code: string
  readonly day: PlainDate
  readonly channel: Channel
  /** The idempotency key of the request: the message's own, or the file's. */
  readonly key: string
  readonly messages: readonly Dispatch[]
  readonly trouble?: Trouble
}

/** A file does not grow beyond this. */
const ROWS_MAX = 2_000

/** The channel of each bank: its own choice, or the three in turn. */
function channelsOf(world: World): Map<string, Channel> {
  const inTurn = ['single', 'ndjson', 'csv'] as const
  return new Map(world.banks.map((bank, index) => [bank.code, bank.channel ?? inTurn[index % 3] ?? 'single']))
}

/** Packs what each bank sends on each day: one by one, or as files. */
export function pack(world: World, dispatches: readonly Dispatch[]): Parcel[] {
  const channels = channelsOf(world)
  const days = groupBy(dispatches, ({ sent_on, bank_code }) => `${sent_on} ${bank_code}`)
  const inOrder = [...days.keys()].sort()
  return inOrder.flatMap(key => {
    const ofDay = days.get(key) ?? []
    const [first] = ofDay
    if (!first) return []
    const common = { bank_code: first.bank_code, day: first.sent_on }
    const channel = channels.get(first.bank_code) ?? 'single'
    if (channel === 'single') {
      return ofDay.map(each => ({ ...common, channel, key: each.message.message_id, messages: [each] }))
    }
    const files: Parcel[] = []
    for (let from = 0; from < ofDay.length; from += ROWS_MAX) {
      const messages = ofDay.slice(from, from + ROWS_MAX)
      files.push({
        ...common,
        channel,
        key: `${first.bank_code}-${first.sent_on}-${files.length + 1}`,
        messages,
      })
    }
    return files
  })
}

function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function csvRow(message: BankMessage): string {
  const fields = new Map<string, string>(Object.entries(message))
  return MESSAGE_FIELDS.map(field => csvField(fields.get(field) ?? '')).join(',')
}

/** The body of a parcel, byte for byte the same whenever it is sent. */
export function bodyOf({ channel, messages }: Parcel): string {
  const bodies = messages.map(({ message }) => message)
  if (channel === 'csv') return `${[MESSAGE_FIELDS.join(','), ...bodies.map(csvRow)].join('\n')}\n`
  const lines = bodies.map(message => JSON.stringify(message))
  return channel === 'single' ? (lines[0] ?? '') : `${lines.join('\n')}\n`
}

/** The body of a file whose transfer broke off in the middle of its last line. */
export function cutBodyOf(parcel: Parcel): string {
  const body = bodyOf(parcel)
  const lastLine = body.lastIndexOf('\n', body.length - 2) + 1
  return body.slice(0, lastLine + Math.trunc((body.length - lastLine) / 2))
}
