import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { PlainDate } from '../platform/dates.ts'

const run = promisify(execFile)
const MAIN = join(import.meta.dirname, '../../../bank/src/main.ts')
const OUTPUT_BYTES_MAX = 1 << 28

const Fen = z.string().transform(text => BigInt(text))
const Expected = z.object({
  total_fen: Fen,
  by_bank_and_quarter: z.array(z.object({ bank_code: z.string(), quarter: z.string(), fen: Fen })),
  by_answer: z.record(z.string(), z.number()),
})
export type ExpectedPayments = z.infer<typeof Expected>

export interface ExpectationOptions {
  readonly worldFile: string
  readonly loans: number
  readonly quarters: number
  /** The days on which batches were prepared, in order. */
  readonly evaluatedOn: readonly PlainDate[]
}

/**
 * What the programme should have paid, as the example bank's own model computes it from the story alone. The model
 * is the bank's program: nothing of the platform's rules, interest or arithmetic is in it.
 */
export async function expectedPayments(options: ExpectationOptions): Promise<ExpectedPayments> {
  const { worldFile, loans, quarters, evaluatedOn } = options
  const { stdout } = await run(
    process.execPath,
    [
      ...[MAIN, 'expect', '--world', worldFile, '--loans', String(loans), '--quarters', String(quarters)],
      ...['--evaluated-on', evaluatedOn.join(',')],
    ],
    { maxBuffer: OUTPUT_BYTES_MAX },
  )
  return Expected.parse(JSON.parse(stdout))
}
