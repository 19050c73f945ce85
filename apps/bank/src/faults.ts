import { addDays, dayOfMonth } from './calendar.ts'
import { fictionalCreditCode } from './credit-code.ts'
import type { Fault } from './fault-names.ts'
import { correctLate } from './faults/late-correction.ts'
import { by, groupBy } from './order.ts'
import { type Dispatch, type Parcel, pack, type Trouble } from './parcels.ts'
import { random } from './random.ts'
import type { Story } from './story.ts'
import type { World } from './world.ts'

/** A loan is first reported for a code that nobody has: every other one fails its check digit, too. */
function misdirect(world: World, dispatches: readonly Dispatch[]): Dispatch[] {
  const chance = random(world.seed, 'unknown-code')
  let wrong = 0
  return dispatches.flatMap((sent): Dispatch[] => {
    const { message } = sent
    if (message.kind !== 'loan_granted' || !(wrong === 0 || chance.chance(4))) return [sent]
    wrong += 1
    const unknown = fictionalCreditCode(world.city.code, `XQ${wrong.toString().padStart(6, '0')}`)
    const credit_code = wrong % 2 === 0 ? unknown.slice(0, 17) + (unknown.endsWith('0') ? '1' : '0') : unknown
    const misdirected = { ...message, message_id: `${message.message_id}-U`, credit_code }
    return [{ ...sent, message: misdirected, refusal_expected: true }, sent]
  })
}

/**
 * Messages overtake one another, within a day and over up to three. Nothing that is told from the 21st to the end
 * of a month, nor anything before, is still on its way on the 20th: a batch prepared between sees the whole truth.
 * What a bank takes back and puts right it does in order: a reversal names a message that must have arrived.
 */
function reorder(world: World, dispatches: readonly Dispatch[]): Dispatch[] {
  const chance = random(world.seed, 'reordering')
  const groups = groupBy(dispatches, ({ sent_on, message }) => `${sent_on} ${message.loan_receipt}`)
  const inOrder = new Set(
    [...groups.values()].filter(group => group.some(({ message }) => message.kind === 'reversal')).flat(),
  )
  const delayed = dispatches
    .filter(each => !inOrder.has(each))
    .map(each => {
      const room = 20 - dayOfMonth(each.sent_on)
      const days = room > 0 && chance.chance(15) ? chance.between(1, Math.min(3, room)) : 0
      return { ...each, sent_on: addDays(each.sent_on, days) }
    })
  return [...chance.shuffle(delayed), ...inOrder].sort(by(({ sent_on }) => sent_on))
}

/** Files that repeat messages of the day before, under a key of their own. */
function repeatLater(world: World, parcels: readonly Parcel[], lastDay: string): Parcel[] {
  const chance = random(world.seed, 'repeated')
  return parcels.flatMap((parcel): Parcel[] => {
    const day = addDays(parcel.day, 1)
    if (day > lastDay || !chance.chance(parcel.channel === 'single' ? 2 : 10)) return []
    const messages = parcel.channel === 'single' ? parcel.messages : parcel.messages.slice(0, 50)
    return [
      { ...parcel, day, messages, key: parcel.channel === 'single' ? parcel.key : `${parcel.key}-again` },
    ]
  })
}

/** Marks some parcels with a trouble: so many in a hundred of those that can have it, and one at least. */
function trouble(
  world: World,
  parcels: readonly Parcel[],
  name: Trouble,
  canHave: (parcel: Parcel) => boolean = () => true,
): Parcel[] {
  const chance = random(world.seed, name)
  let happened = 0
  return parcels.map(parcel => {
    if (parcel.trouble !== undefined || !canHave(parcel)) return parcel
    if (happened > 0 && !chance.chance(parcel.channel === 'single' ? 3 : 12)) return parcel
    happened += 1
    return { ...parcel, trouble: name }
  })
}

/**
 * What leaves the banks for a story, with the faults that are asked for. With none, every message leaves once, on
 * its day, in order. With any, the truth on the last day of the story is the same.
 *
 * @returns in order of the day on which they leave
 */
export function parcelsOf(world: World, story: Story, faults: ReadonlySet<Fault>): Parcel[] {
  let dispatches: Dispatch[] = faults.has('late-correction')
    ? correctLate(world, story.messages)
    : [...story.messages]
  if (faults.has('unknown-code')) dispatches = misdirect(world, dispatches)
  if (faults.has('reordering')) dispatches = reorder(world, dispatches)
  let parcels = pack(world, dispatches)
  if (faults.has('cut-file')) {
    parcels = trouble(
      world,
      parcels,
      'cut, then sent whole',
      ({ channel, messages }) => channel === 'ndjson' && messages.length > 1,
    )
  }
  if (faults.has('wrong-signature')) parcels = trouble(world, parcels, 'signed wrongly, then rightly')
  if (faults.has('lost-answer')) parcels = trouble(world, parcels, 'answer lost, then sent again')
  if (faults.has('duplicates')) {
    parcels = trouble(world, trouble(world, parcels, 'sent twice'), 'sent twice at once')
    parcels = [...parcels, ...repeatLater(world, parcels, story.ends_on)]
  }
  return parcels.sort(by(({ day }) => day))
}
