import type pg from 'pg'
import { copyLine, copyText, createCopyPortion } from './copy-text.ts'
import { createIdRange } from './id-range.ts'
import type { OrganisationRow } from './read-row.ts'
import {
  ANALYZE_STAGED,
  COPY_NEW,
  COPY_STAGED,
  COUNT_CHANGED,
  CREATE_CHANGES,
  CREATE_STAGED,
  INSERT_CHANGED_VERSIONS,
  INSERT_FIRST_VERSIONS,
  INSERT_NAMES_DUE,
  INSERT_RENAMED_DUE,
  LOCK_ORGANISATIONS,
  TAKE_TURN,
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
  { sourceId, dryRun, knownCodes }: WriterOptions,
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
      const updated = staged === 0 ? 0 : await applyChanges(client, sourceId, dryRun)
      if (created > 0 && !dryRun) {
        await client.query(INSERT_FIRST_VERSIONS, [ids.first, ids.last])
        await client.query(INSERT_NAMES_DUE, [ids.first, ids.last])
      }
      if (updated > 0 && !dryRun) await client.query(UPDATE_ORGANISATIONS, [sourceId])
      return { created, updated, unchanged: staged - updated }
    },
  }
}

/** Finds what the staged rows change and writes its versions. @returns how many organisations change */
async function applyChanges(client: pg.PoolClient, sourceId: string, dryRun: boolean): Promise<number> {
  await client.query(ANALYZE_STAGED)
  if (dryRun) {
    const { rows } = await client.query<{ changed: bigint }>(COUNT_CHANGED)
    return Number(rows[0]?.changed ?? 0)
  }
  const { rowCount } = await client.query(CREATE_CHANGES)
  if (!rowCount) return 0
  await client.query(INSERT_CHANGED_VERSIONS, [sourceId])
  await client.query(INSERT_RENAMED_DUE)
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
