import type { Model } from '@millrace/dmn'
import { type ColumnBinding, type SqlQuery, toSql } from '@millrace/dmn/sql'
import type { PlainDate } from '../platform/dates.ts'
import { answerSql } from './answer.ts'
import type { Parameters } from './parameters.ts'
import type { RuleEpoch } from './rule-epochs.ts'

/** A table whose rows are subjects, and which column holds which fact of the manifest. */
export interface SubjectTable {
  readonly table: string
  readonly columns: Readonly<Record<string, ColumnBinding>>
}

export interface DecisionsQuery {
  /** Value expressions of the decisions asked for, by the manifest's key. */
  readonly values: Readonly<Record<string, string>>
  /** The from clause without the word; a `where` may follow. The subject's alias is `s`. */
  readonly from: string
}

export interface SubjectQuery extends DecisionsQuery {
  /** Expressions over `from`. */
  readonly answer: string
  readonly conditionsPassed: string
  readonly conditionsUnknown: string
  readonly compliancePassed: string
  readonly complianceUnknown: string
  /** A JSON object of the inputs as the rules saw them, by their names; money in yuan as text. */
  readonly inputs: string
}

const ALIAS = 's'

/**
 * Decisions of a policy as SQL over a table of subjects, without the answer: what later facts are computed from.
 *
 * @param decisions keys of the manifest's `decisions`
 */
export function decisionsQuery(
  epoch: RuleEpoch,
  subject: SubjectTable,
  decisions: readonly string[],
  asOf: PlainDate,
): DecisionsQuery {
  const { values, query } = compile(epoch, subject, decisions, [], asOf)
  return { values, from: query.from }
}

/**
 * The policy of an epoch, answer and all, as SQL over a table of subjects.
 *
 * @param amount the manifest's key of the decision that is the amount: unknown while it has no value
 */
export function subjectQuery(
  epoch: RuleEpoch,
  subject: SubjectTable,
  amount: string,
  asOf: PlainDate,
): SubjectQuery {
  const { version } = epoch
  const { conditions, compliance } = version.manifest.decisions
  const { values, query, columns } = compile(epoch, subject, [amount], [conditions, compliance], asOf)
  const bits = {
    passed: expressionOf(query, 'passed', conditions),
    unknown: expressionOf(query, 'unknown', conditions),
    compliancePassed: expressionOf(query, 'passed', compliance),
    complianceUnknown: expressionOf(query, 'unknown', compliance),
  }
  return {
    answer: answerSql(
      { ...bits, amount: values[amount] ?? 'null' },
      version.conditions.columns.length,
      version.compliance.columns.length,
    ),
    conditionsPassed: bits.passed,
    conditionsUnknown: bits.unknown,
    compliancePassed: bits.compliancePassed,
    complianceUnknown: bits.complianceUnknown,
    values,
    inputs: inputsSql(columns),
    from: query.from,
  }
}

interface Compiled {
  readonly query: SqlQuery
  readonly values: Record<string, string>
  readonly columns: Readonly<Record<string, ColumnBinding>>
}

function compile(
  { version, parameters }: RuleEpoch,
  subject: SubjectTable,
  decisions: readonly string[],
  conditions: readonly string[],
  asOf: PlainDate,
): Compiled {
  const { manifest, model } = version
  const names = decisions.map(key => [key, decisionOf(manifest.decisions, key)] as const)
  const columns = boundColumns(manifest.inputs, subject.columns)
  const query = toSql(model, {
    decisions: [...new Set(names.map(([, name]) => name))],
    conditions,
    subject: { table: subject.table, alias: ALIAS, columns },
    parameters: boundParameters(model, parameters),
    asOf,
  })
  const values = Object.fromEntries(names.map(([key, name]) => [key, expressionOf(query, 'value', name)]))
  return { query, values, columns }
}

/** The parameters that the model reads; the others are settings of the platform. */
function boundParameters(model: Model, parameters: Parameters): Parameters {
  const read = new Set(model.inputs.map(({ name }) => name))
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => read.has(name)))
}

function expressionOf(query: SqlQuery, role: 'value' | 'passed' | 'unknown', decision: string): string {
  const item = query.items.find(found => found.role === role && found.decision === decision)
  if (!item) throw new Error(`The compiled query has no ${role} of ${decision}`)
  return `(${item.expression})`
}

function decisionOf(decisions: Readonly<Record<string, string>>, key: string): string {
  const name = decisions[key]
  if (name === undefined) throw new Error(`The manifest names no decision for ${key}`)
  return name
}

function boundColumns(
  inputs: Readonly<Record<string, { fact: string }>>,
  facts: Readonly<Record<string, ColumnBinding>>,
): Record<string, ColumnBinding> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([input, { fact }]) => {
      const binding = facts[fact]
      return binding === undefined ? [] : [[input, binding]]
    }),
  )
}

function inputsSql(columns: Readonly<Record<string, ColumnBinding>>): string {
  const pairs = Object.entries(columns).map(([input, { column, type, scale = 0 }]) => {
    const name = `'${input.replaceAll("'", "''")}'`
    const reference = `${ALIAS}."${column.replaceAll('"', '""')}"`
    if (scale > 0) return `${name}, (${reference}::numeric * 1e-${scale})::text`
    return `${name}, ${type === 'text' || type === 'boolean' ? reference : `${reference}::text`}`
  })
  return `json_build_object(${pairs.join(', ')})`
}
