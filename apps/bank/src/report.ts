import type { Played } from './player.ts'
import type { TreasuryCounts } from './treasury.ts'

/** What was played, for a person. */
export function report(played: Played & { loans: number; treasury: TreasuryCounts }): string {
  const { messages, treasury } = played
  const lines = [
    `played through   ${played.played_through ?? 'nothing'}`,
    `loans            ${played.loans}`,
    `messages         ${messages.accepted} accepted, ${messages.replayed} replayed, ${messages.refused} refused`,
    `payment batches  ${treasury.batches}: ${treasury.paid} paid, ${treasury.rejected} rejected`,
  ]
  if (played.unexpected_refusals > 0) {
    lines.push(`${played.unexpected_refusals} messages were refused that are right:`)
    for (const { message_id, status, code, detail } of played.refusals) {
      lines.push(`  ${message_id}: ${status} ${code} ${detail}`)
    }
  }
  return `${lines.join('\n')}\n`
}
