import { columnsOf, fieldsOfRow } from './csv.ts'
import type { Channel, MessageFields } from './message.ts'
import { readJsonMessage } from './read-message.ts'

/** A message as it is kept. */
export interface KeptBody {
  readonly channel: Channel
  readonly body: string
  /** csv: the header line of its file. */
  readonly header: string | null
}

/** What a message that was kept says, by field. */
export function keptFields({ channel, body, header }: KeptBody): MessageFields {
  if (channel === 'csv') return fieldsOfRow(columnsOf(header ?? ''), body)
  return readJsonMessage(Buffer.from(body)).message?.fields ?? {}
}

/** Fields that are shown by their last four characters only. */
const MASKED = ['account_number']

/** The body of a message as it may be shown. */
export function maskedBody(kept: KeptBody): string {
  const fields = keptFields(kept)
  return MASKED.reduce((body, name) => {
    const value = fields[name]
    if (typeof value !== 'string' || value === '') return body
    const masked = value.length < 8 ? '****' : `${'*'.repeat(value.length - 4)}${value.slice(-4)}`
    return body.replaceAll(value, masked)
  }, kept.body)
}
