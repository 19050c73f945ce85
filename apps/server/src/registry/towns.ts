import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Tx } from '../platform/db/index.ts'

const Town = z.strictObject({
  /** Statistical division code, 9 digits */
  code: z.string().regex(/^\d{9}$/),
  name: z.string().min(1),
  aliases: z.array(z.string().min(1)),
  valid_from: z.iso.date().nullable(),
  valid_to: z.iso.date().nullable(),
  /** What a retired town became. */
  successor_code: z.string().nullable(),
  source: z.string(),
})
export type Town = z.infer<typeof Town>

const TownList = z.strictObject({
  source: z.string(),
  verified: z.string(),
  /** The city as addresses name it, and its province: what may stand before a town's name. */
  city_names: z.array(z.string().min(1)).min(1),
  province_names: z.array(z.string().min(1)),
  towns: z.array(Town),
})
export type TownList = z.infer<typeof TownList>

/** The towns of a city, in force and retired: `cities/<slug>/towns.json`. */
export function readTowns(city: { readonly folder: string }): TownList {
  return TownList.parse(JSON.parse(readFileSync(join(city.folder, 'towns.json'), 'utf8')))
}

/** Brings the table of towns to what the city's list says. A town that left the list stays: facts name it. */
export async function loadTowns(tx: Tx, list: TownList): Promise<void> {
  if (list.towns.length === 0) return
  await tx
    .insertInto('town')
    .values(list.towns.map(({ source: _, ...town }) => town))
    .onConflict(conflict =>
      conflict.column('code').doUpdateSet(({ ref }) => ({
        name: ref('excluded.name'),
        aliases: ref('excluded.aliases'),
        valid_from: ref('excluded.valid_from'),
        valid_to: ref('excluded.valid_to'),
        successor_code: ref('excluded.successor_code'),
      })),
    )
    .execute()
}
