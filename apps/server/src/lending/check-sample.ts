import type { PlainInput } from '@millrace/dmn'
import { sql } from 'kysely'
import type { PlainDate } from '../platform/dates.ts'
import type { Tx } from '../platform/db/index.ts'
import { evaluateSubject, type RuleEpoch } from '../policy/index.ts'
import { RESULT_AMOUNT } from './determination-results.sql.ts'

const SAMPLE_ROWS_MAX = 200

interface ResultRow {
  readonly n: number
  readonly answer: string
  readonly conditions_passed: bigint
  readonly conditions_unknown: bigint
  readonly compliance_passed: bigint
  readonly compliance_unknown: bigint
  readonly amount_fen: bigint
  readonly inputs: Record<string, PlainInput>
}

/**
 * Evaluates a sample of a set-based run singly as well. The two readings of the rules must agree on every answer,
 * bit and fen; if they do not, the run is abandoned: nothing is decided by rules that contradict themselves.
 *
 * The sample is every k-th subject, so that a run can be repeated and gives the same sample.
 *
 * @returns how many subjects were compared
 */
export async function checkSample(tx: Tx, epoch: RuleEpoch, run: string, asOf: PlainDate): Promise<number> {
  const { rows } = await sql<ResultRow>`
    select n, answer, conditions_passed, conditions_unknown, compliance_passed, compliance_unknown,
      ${RESULT_AMOUNT} as amount_fen, inputs
    from run_result r
    where run_id = ${run} and n % greatest(1, (select count(*) / ${SAMPLE_ROWS_MAX} from run_result)) = 0
    limit ${SAMPLE_ROWS_MAX}`.execute(tx)
  for (const row of rows) {
    const single = evaluateSubject(epoch.version, { ...epoch.parameters, ...row.inputs }, asOf)
    const amountFen = single.answer === 'eligible' || single.answer === 'suspended' ? single.amountFen : 0n
    const agrees =
      single.answer === row.answer &&
      single.conditions.passed === row.conditions_passed &&
      single.conditions.unknown === row.conditions_unknown &&
      single.compliance.passed === row.compliance_passed &&
      single.compliance.unknown === row.compliance_unknown &&
      amountFen === row.amount_fen
    if (!agrees) {
      throw new Error(
        `The two readings of ${epoch.version.policy} version ${epoch.version.version} disagree on subject ${row.n}: ` +
          `in bulk ${row.answer} ${row.amount_fen}, singly ${single.answer} ${amountFen}`,
      )
    }
  }
  return rows.length
}
