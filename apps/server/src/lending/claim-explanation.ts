import type { DecisionTrace, PlainInput, Step } from '@millrace/dmn'
import type { Db } from '../platform/db/index.ts'
import { notFound } from '../platform/http/index.ts'
import { formatYuan } from '../platform/money.ts'
import { evaluateSubject, getPolicyVersion, type Outcome, type PolicyVersion } from '../policy/index.ts'
import { changesOf } from './claim-changes.ts'
import { explainInterest } from './claim-interest.ts'
import { findPath } from './claim-path.ts'
import type { ClaimExplanation } from './claim-schemas.ts'
import { findFactSources } from './claim-sources.ts'
import { conditionLines, labeller, plainText } from './condition-lines.ts'

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
  const conditions = conditionLines(outcome.conditionsTrace, version.manifest.decisions.conditions, version)
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
    compliance: conditionLines(outcome.complianceTrace, version.manifest.decisions.compliance, version),
    facts: Object.entries(version.manifest.inputs).map(([name, { fact, en }]) => ({
      name,
      label: { zh: name, en },
      value: plainText(inputs[name]),
      source: sources[fact] ?? null,
    })),
    parameters: Object.entries(claim.parameters as Parameters)
      .filter(([name]) => decides(version, name))
      .map(([name, value]) => ({ name, label: label(name), value: plainText(value) ?? '' })),
    arithmetic: arithmetic(outcome, version),
    interest: await explainInterest(db, claim, outcome, version),
    nearest_change: conditions.flatMap(({ label: name, outcome: met, gap }) =>
      met === 'not_met' && gap ? [{ label: name, ...gap }] : [],
    ),
    changes: changesOf(version, outcome, inputs, claim.as_of),
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

/** The rules' own parameters, and the tolerance by which interest agrees; others, as of notices, decide no claim. */
function decides({ model, manifest }: PolicyVersion, parameter: string): boolean {
  return (
    parameter === manifest.settings.interest_tolerance || model.inputs.some(({ name }) => name === parameter)
  )
}

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

/** Every formula that was worked out, in order, with the numbers that stood in it. */
function arithmetic(
  { amountTrace, conditionsTrace }: Outcome,
  version: PolicyVersion,
): ClaimExplanation['arithmetic'] {
  const label = labeller(version)
  const { descriptions = {} } = version.manifest
  const decisions = new Map<string, DecisionTrace>()
  for (const decision of [...conditionsTrace.decisions, ...amountTrace.decisions])
    decisions.set(decision.name, decision)
  return [...decisions.values()].flatMap(({ name, description, value, sources, logic }) =>
    logic.kind === 'expression'
      ? [
          {
            name,
            label: label(name),
            description: description ? { zh: description, en: descriptions[name] ?? description } : null,
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
