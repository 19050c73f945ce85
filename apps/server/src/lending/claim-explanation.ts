import type { DecisionTrace, PlainInput, Step, TableTrace, Trace } from '@millrace/dmn'
import type { Db } from '../platform/db/index.ts'
import { notFound } from '../platform/http/index.ts'
import { formatYuan } from '../platform/money.ts'
import { evaluateSubject, getPolicyVersion, type Outcome, type PolicyVersion } from '../policy/index.ts'
import { explainInterest } from './claim-interest.ts'
import { findPath } from './claim-path.ts'
import type { ClaimExplanation, ConditionLine } from './claim-schemas.ts'
import { findFactSources } from './claim-sources.ts'

/**
 * Why a claim was decided as it was: the full trace, rebuilt from the inputs that the determination kept, and from
 * there forward to approval, payment and journal. It is the same every time it is asked for.
 *
 * @throws DomainError `not-found`
 */
export async function explainClaim(db: Db, claimId: string): Promise<ClaimExplanation> {
  const claim = await getClaimWithDetermination(db, claimId)
  const version = await getPolicyVersion(db, claim.policy_version_id)
  const inputs = { ...(claim.parameters as Parameters), ...(claim.inputs as Parameters) }
  const outcome = evaluateSubject(version, inputs, claim.as_of)
  const sources = await findFactSources(db, claim)
  const label = labeller(version)
  const conditions = conditionLines(outcome.conditionsTrace, version.manifest.decisions.conditions, label)
  return {
    claim_id: claim.id,
    answer: outcome.answer,
    amount: formatYuan(claim.amount_fen),
    policy: {
      id: version.policy,
      version: version.version,
      title: version.manifest.title,
      effective_from: version.effectiveFrom,
      as_of: claim.as_of,
    },
    clauses: version.model.sources.map(({ name, type, description, locationURI }) => ({
      name,
      type: type ?? null,
      text: description ?? null,
      address: locationURI ?? null,
    })),
    conditions,
    compliance: conditionLines(outcome.complianceTrace, version.manifest.decisions.compliance, label),
    facts: Object.entries(version.manifest.inputs).map(([name, { fact, en }]) => ({
      name,
      label: { zh: name, en },
      value: plainText(inputs[name]),
      source: sources[fact] ?? null,
    })),
    parameters: Object.entries(claim.parameters as Parameters).map(([name, value]) => ({
      name,
      label: label(name),
      value: plainText(value) ?? '',
    })),
    arithmetic: arithmetic(outcome, label),
    interest: await explainInterest(db, claim, outcome, version),
    nearest_change: conditions.flatMap(({ label: name, outcome: met, gap }) =>
      met === 'not_met' && gap ? [{ label: name, ...gap }] : [],
    ),
    path: await findPath(db, claim.id),
    evidence: {
      determination_id: claim.determination_id,
      recorded_at: claim.determined_at.toISOString(),
      input_sha256: claim.input_sha256.toString('hex'),
      model_sha256: claim.model_sha256.toString('hex'),
    },
  }
}

type Parameters = Readonly<Record<string, PlainInput>>

async function getClaimWithDetermination(db: Db, id: string) {
  const claim = await db
    .selectFrom('claim')
    .innerJoin('determination', 'determination.id', 'claim.determination_id')
    .innerJoin('determination_run', 'determination_run.id', 'determination.run_id')
    .innerJoin('policy_version', 'policy_version.id', 'determination_run.policy_version_id')
    .innerJoin('loan_period', 'loan_period.id', 'claim.id')
    .innerJoin('loan', 'loan.id', 'claim.loan_id')
    .where('claim.id', '=', id)
    .select([
      'claim.id',
      'claim.loan_id',
      'claim.organisation_id',
      'claim.bank_code',
      'claim.determination_id',
      'claim.amount_fen',
      'determination.inputs',
      'determination.input_sha256',
      'determination.recorded_at as determined_at',
      'determination_run.policy_version_id',
      'determination_run.as_of',
      'determination_run.parameters',
      'policy_version.model_sha256',
      'loan_period.period_from',
      'loan_period.period_to',
      'loan.filing_id',
      'loan.message_id as loan_message_id',
      'loan.annual_rate',
      'loan.day_count',
    ])
    .executeTakeFirst()
  if (!claim) throw notFound({ zh: '贴息核定单', en: 'claim' }, id)
  return claim
}
export type ExplainedClaim = Awaited<ReturnType<typeof getClaimWithDetermination>>

type Labeller = (name: string) => { zh: string; en: string }

function labeller({ manifest }: PolicyVersion): Labeller {
  return name => ({ zh: name, en: manifest.inputs[name]?.en ?? manifest.labels[name] ?? name })
}

/** Each column of the table's first rule as a line: what was asked, the value, and whether it was met. */
function conditionLines(trace: Trace, decision: string, label: Labeller): ConditionLine[] {
  const table = tableOf(trace, decision)
  const [required] = table.rules
  return table.columns.map((column, index) => {
    const cell = required?.cells[index]
    const gap = cell?.gaps?.[0]
    return {
      label: label(column.label),
      requirement: cell?.text ?? '',
      value: plainText(column.value),
      outcome: cell === undefined || cell.outcome === 'any' ? 'met' : OUTCOMES[cell.outcome],
      bounds: boundsOf(trace, cell?.text ?? ''),
      gap: gap
        ? { comparison: gap.comparison, bound: gap.bound, shortfall: gap.shortfall, unit: gap.unit }
        : null,
    }
  })
}

const OUTCOMES = { met: 'met', 'not met': 'not_met', unknown: 'unknown' } as const

/** The values of the names that a cell compares with: `<= 备案失效日` is only readable with its date. */
function boundsOf(trace: Trace, text: string): { name: string; value: string | null }[] {
  const named = [...trace.inputs, ...trace.decisions].filter(({ name }) => text.includes(name))
  return named.map(({ name, value }) => ({ name, value: plainText(value) }))
}

function tableOf(trace: Trace, decision: string): TableTrace {
  const logic = trace.decisions.find(({ name }) => name === decision)?.logic
  if (logic?.kind !== 'table') throw new Error(`The trace holds no table ${decision}`)
  return logic
}

/** Every formula that was worked out, in order, with the numbers that stood in it. */
function arithmetic(
  { amountTrace, conditionsTrace }: Outcome,
  label: Labeller,
): ClaimExplanation['arithmetic'] {
  const decisions = new Map<string, DecisionTrace>()
  for (const decision of [...conditionsTrace.decisions, ...amountTrace.decisions])
    decisions.set(decision.name, decision)
  return [...decisions.values()].flatMap(({ name, description, value, sources, logic }) =>
    logic.kind === 'expression'
      ? [
          {
            name,
            label: label(name),
            description: description ?? null,
            formula: logic.text,
            filled: fill(logic.text, logic.step),
            value: plainText(value),
            clauses: sources.map(source => source.name),
          },
        ]
      : [],
  )
}

/** Writes the values of inputs and decisions over their names: `min(30000.00, 28000.00)`. */
function fill(text: string, step: Step): string {
  const places = leaves(step).sort((a, b) => b.from - a.from)
  return places.reduce(
    (filled, { from, to, value }) => `${filled.slice(0, from)}${plainText(value) ?? '?'}${filled.slice(to)}`,
    text,
  )
}

function leaves(step: Step): Step[] {
  if (step.kind === 'input' || step.kind === 'decision') return [step]
  return step.steps.flatMap(leaves)
}

function plainText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
