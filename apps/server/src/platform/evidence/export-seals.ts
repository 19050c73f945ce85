import { z } from 'zod'
import type { Database } from '../db/index.ts'
import { DomainError } from '../errors.ts'
import { STREAM_NAMES } from './streams.ts'

const KeptSeal = z.object({
  stream: z.enum(STREAM_NAMES),
  number: z.int().positive(),
  /** Of the seal, in hexadecimal; it rests on every row before it. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.int().nonnegative(),
  sealed_at: z.iso.datetime(),
})
export type KeptSeal = z.infer<typeof KeptSeal>

const SealExport = z.object({
  format: z.literal('millrace-seals-1'),
  city: z.string(),
  exported_at: z.iso.datetime(),
  seals: z.array(KeptSeal),
})
/** What an auditor keeps where the owner of the database cannot write. */
export type SealExport = z.infer<typeof SealExport>

export interface SealExportOptions {
  /** GB/T 2260 division code. */
  readonly cityCode: string
  /** Only the newest of each stream: enough to show that something was written anew, not since when. */
  readonly newestOnly: boolean
}

/** All seals as they stand, by stream and number. They hold no data of anyone: only hashes. */
export async function exportSeals(
  { pool }: Database,
  { cityCode, newestOnly }: SealExportOptions,
): Promise<SealExport> {
  const { rows } = await pool.query<{
    stream: KeptSeal['stream']
    number: bigint
    hash: string
    rows: bigint
    sealed_at: Date
    exported_at: Date
  }>(
    `select stream, number, encode(hash, 'hex') as hash, row_count as rows, sealed_at, now() as exported_at
     from seal s
     where not $1 or not exists (select from seal later where later.stream = s.stream and later.number > s.number)
     order by stream, number`,
    [newestOnly],
  )
  return {
    format: 'millrace-seals-1',
    city: cityCode,
    exported_at: (rows[0]?.exported_at ?? new Date()).toISOString(),
    seals: rows.map(({ stream, number, hash, rows, sealed_at }) => ({
      stream,
      number: Number(number),
      hash,
      rows: Number(rows),
      sealed_at: sealed_at.toISOString(),
    })),
  }
}

/**
 * @param text of a file that `exportSeals` filled
 * @throws DomainError `evidence.seals-unreadable`, `evidence.seals-of-another-city`
 */
export function readSeals(text: string, file: string, cityCode: string): SealExport {
  const read = SealExport.safeParse(parseJson(text))
  if (!read.success) {
    throw new DomainError({
      code: 'evidence.seals-unreadable',
      value: file,
      zh: `${file} 不是封存清单：需要由 millrace ledger seals --json 导出的文件。`,
      en: `${file} is no list of seals: a file is needed that millrace ledger seals --json has written.`,
    })
  }
  if (read.data.city === cityCode) return read.data
  throw new DomainError({
    code: 'evidence.seals-of-another-city',
    value: read.data.city,
    where: file,
    zh: `${file} 是 ${read.data.city} 的封存清单，这里是 ${cityCode}：请换成本市的。`,
    en: `${file} lists seals of ${read.data.city}, this is ${cityCode}: give one of this city.`,
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
