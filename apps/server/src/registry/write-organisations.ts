import type pg from 'pg'
import type { PlainDate } from '../platform/dates.ts'
import { copyLine, copyText, createCopyPortion } from './copy-text.ts'
import { createIdRange } from './id-range.ts'
import type { OrganisationRow } from './read-row.ts'
import {
  ANALYZE_STAGED,
  BY_THEN,
  COPY_NEW,
  COPY_STAGED,
  CREATE_STAGED,
  CREATE_THEN,
  countChanged,
  createChanges,
  FIND_LATER_SOURCE,
  IN_FORCE,
  INSERT_CHANGED_VERSIONS,
  INSERT_FIRST_VERSIONS,
  INSERT_NAMES_DUE,
  INSERT_RENAMED_DUE,
  LOCK_ORGANISATIONS,
  TAKE_TURN,
  UPDATE_CORRECTED,
  UPDATE_ORGANISATIONS,
} from './write-organisations.sql.ts'

export interface Changes {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
}

/** Takes rows one after another and brings what they change into the registry. */
export interface OrganisationWriter {
  /** @returns the line of an earlier row with the same code, which counts instead of this one */
  add(row: OrganisationRow): number | undefined
  /** Passes rows on once they are worth a statement; the statement runs while the caller reads on. */
  flush(): Promise<void>
  /** Passes on the rest, compares, writes versions, updates. */
  finish(): Promise<Changes>
  /** Gives up: resolves when the connection is free for the rollback. */
  abandon(): Promise<void>
}

export interface WriterOptions {
  readonly sourceId: string
  /** The day of which the source speaks. */
  readonly asOf: PlainDate
  /** Counts what would change, and changes nothing. */
  readonly dryRun: boolean
  /** The codes that the rows to come may have and the registry has already; all others are new. */
  readonly knownCodes: (client: pg.PoolClient) => Promise<readonly string[]>
}

/** COPY's null: an organisation that is known has its identifier. */
const NO_ID = '\\N'
/** A statement carries about so much. */
const PORTION_BYTES = 4 << 20

/** Opens the registry for writing until the end of the client's transaction: one writer at a time. */
export async function openOrganisations(
  client: pg.PoolClient,
  { sourceId, asOf, dryRun, knownCodes }: WriterOptions,
): Promise<OrganisationWriter> {
  await client.query(TAKE_TURN)
  if (!dryRun) await client.query(LOCK_ORGANISATIONS)
  await client.query(CREATE_STAGED)
  const ids = createIdRange()
  /** Each code with the line on which the rows had it; 0 while only the registry has it. */
  const lines = new Map((await knownCodes(client)).map(code => [code, 0]))
  let created = 0
  let staged = 0
  const newLines = createCopyPortion(PORTION_BYTES)
  const stagedLines = createCopyPortion(PORTION_BYTES)
  let underWay = Promise.resolve()

  const send = async (least_bytes: number): Promise<void> => {
    if (newLines.bytes + stagedLines.bytes < least_bytes) return
    await underWay
    const fresh = newLines.take()
    const known = stagedLines.take()
    underWay = (async () => {
      if (fresh.length > 0) await copyText(client, COPY_NEW, fresh)
      if (known.length > 0) await copyText(client, COPY_STAGED, known)
    })()
    // What fails is thrown where it is waited for; until then nobody must call it unhandled.
    underWay.catch(() => {})
  }

  return {
    add(row) {
      const line = lines.get(row.credit_code)
      if (line !== undefined && line > 0) return line
      lines.set(row.credit_code, row.line)
      if (line === undefined) {
        created++
        if (!dryRun) newLines.add(copyLine(row, ids.next(), sourceId))
      } else {
        staged++
        stagedLines.add(copyLine(row, NO_ID, sourceId))
      }
      return undefined
    },
    flush: () => send(PORTION_BYTES),
    abandon: () => underWay.catch(() => {}),
    async finish() {
      await send(1)
      await underWay
      const updated = staged === 0 ? 0 : await applyChanges(client, { sourceId, asOf, dryRun })
      if (created > 0 && !dryRun) {
        await client.query(INSERT_FIRST_VERSIONS, [ids.first, ids.last])
        await client.query(INSERT_NAMES_DUE, [ids.first, ids.last])
      }
      return { created, updated, unchanged: staged - updated }
    },
  }
}

/** Finds what the staged rows change, writes its versions and updates. @returns how many organisations change */
async function applyChanges(
  client: pg.PoolClient,
  { sourceId, asOf, dryRun }: Omit<WriterOptions, 'knownCodes'>,
): Promise<number> {
  await client.query(ANALYZE_STAGED)
  const late = (await client.query(FIND_LATER_SOURCE, [asOf])).rowCount === 1
  if (late) await client.query(CREATE_THEN, [asOf])
  const known = late ? BY_THEN : IN_FORCE
  if (dryRun) {
    const { rows } = await client.query<{ changed: bigint }>(countChanged(known))
    return Number(rows[0]?.changed ?? 0)
  }
  const { rowCount } = await client.query(createChanges(known))
  if (!rowCount) return 0
  await client.query(INSERT_CHANGED_VERSIONS, [sourceId])
  await client.query(INSERT_RENAMED_DUE)
  await client.query(UPDATE_ORGANISATIONS, [sourceId])
  if (late) await client.query(UPDATE_CORRECTED, [sourceId, asOf])
  return rowCount
}

/** Every code of the registry: what the reader of a whole file needs. Some 60 bytes of memory each. */
export async function allCodes(client: pg.PoolClient): Promise<readonly string[]> {
  const { rows } = await client.query<[string]>({
    text: 'select credit_code from organisation',
    rowMode: 'array',
  })
  return rows.map(([code]) => code)
}
