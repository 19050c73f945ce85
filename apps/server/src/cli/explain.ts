import { z } from 'zod'
import type { Installation } from '../app/installation.ts'
import { explainClaim } from '../lending/index.ts'
import { notFound } from '../platform/http/index.ts'
import { columns } from './box.ts'
import { printJson } from './output.ts'

const OUTCOMES = { met: '✓', not_met: '✗', unknown: '?' } as const
const ANSWERS = {
  eligible: '符合 eligible',
  ineligible: '不符合 ineligible',
  unknown: '待核实 unknown',
  suspended: '暂停 suspended',
} as const

/** `millrace explain claim ID`: why a claim was decided as it was, and what became of it. */
export async function explainClaimCommand(
  { database }: Installation,
  id: string,
  json: boolean,
): Promise<void> {
  if (!z.uuid().safeParse(id).success) throw notFound({ zh: '贴息核定单', en: 'claim' }, id)
  const claim = await explainClaim(database.db, id)
  if (json) return printJson(claim)
  const conditions = [...claim.conditions, ...claim.compliance]
  const { path } = claim
  console.log(
    [
      `${claim.policy.title.zh} ${claim.policy.title.en}  v${claim.policy.version}, ${claim.policy.as_of}`,
      `${ANSWERS[claim.answer]}  ${claim.amount}`,
      '',
      ...columns(
        conditions.map(({ label, requirement, value, outcome }) => [
          OUTCOMES[outcome],
          `${label.zh} ${label.en}`,
          value ?? '—',
          requirement,
        ]),
      ),
      '',
      ...columns(
        claim.arithmetic.map(({ label, filled, value }) => [`${label.zh} ${label.en}`, value ?? '—', filled]),
      ),
      '',
      ...columns(
        claim.interest.steps.map(({ from, to, days, principal, annual_rate, exact }) => [
          `${from} – ${to}`,
          `${days} d`,
          principal,
          annual_rate,
          exact,
        ]),
      ),
      '',
      ...columns(
        claim.facts.map(({ label, value, source }) => [
          `${label.zh} ${label.en}`,
          value ?? '—',
          source?.name ?? '',
        ]),
      ),
      '',
      ...path.batches.map(
        ({ number, amount, state, prepared_by, decided_by, payment }) =>
          `${number}  ${amount}  ${state}  ${prepared_by} → ${decided_by ?? '—'}${payment ? `  ${payment.end_to_end_id} ${payment.state}` : ''}`,
      ),
      ...columns(
        path.journal.map(({ business_date, kind, amount, memo }) => [business_date, kind, amount, memo]),
      ),
      '',
      ...claim.changes.map(
        ({ facts }) =>
          `改为符合 To become eligible: ${facts
            .map(
              ({ label, from, to, values }) =>
                `${label.zh} ${label.en} ${from === null ? values.join(' | ') : `${from} → ${to}`}`,
            )
            .join(' + ')}`,
      ),
    ]
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n'),
  )
}
