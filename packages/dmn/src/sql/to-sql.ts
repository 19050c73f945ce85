import { programOf } from '../check/program.ts'
import { chainOf } from '../evaluate/chain.ts'
import { getDecision, notADate } from '../evaluate/prepare.ts'
import type { Program, TypedDecision } from '../node/program.ts'
import { type Problem, RequestError } from '../problem.ts'
import type { Model } from '../read/model.ts'
import { parseDate } from '../value/date.ts'
import { isScalar, type ScalarType, type Type } from '../value/type.ts'
import type { Dialect } from './dialect.ts'
import { DUCKDB } from './duckdb/duckdb.ts'
import { Emitter } from './emitter.ts'
import { type Fragment, over, type SqlType } from './fragment.ts'
import { POSTGRESQL } from './postgresql/postgresql.ts'
import type { SelectItem, SqlOptions, SqlQuery, Subject } from './query.ts'
import type { Statement } from './shared.ts'
import { newStatement } from './statement.ts'
import { type EmittedTable, emitTable } from './tables.ts'

/** A bit of a bigint that is not its sign. */
const CONDITIONS_MAX = 63

/**
 * One fence-free PostgreSQL statement that works out the decisions for every row of the subject table, equal to
 * `evaluate` on each row, null included. No value in the table can make it raise.
 *
 * @throws RequestError when a decision is unknown or cannot run in bulk, or an input it reads is bound to nothing
 *
 * @example
 * const { text, items } = toSql(model, {
 *   decisions: ['贴息金额'],
 *   conditions: ['资格'], // two bigints: bit i is the cell of column i + 1 in rule 1
 *   subject: {
 *     table: 'loan_period',
 *     alias: 's',
 *     keys: ['id'],
 *     columns: {
 *       营业收入: { column: 'revenue', type: 'numeric(18,2)' },
 *       登记状态: { column: 'registration', type: 'text' },
 *       实付利息: { column: 'interest_fen', type: 'bigint', scale: 2 },
 *       逾期: { column: 'overdue', type: 'boolean', notNull: true },
 *     },
 *   },
 *   parameters: { 贴息比例: '0.90' },
 *   asOf: '2026-06-21',
 * })
 */
export function toSql(model: Model, options: SqlOptions): SqlQuery {
  const program = programOf(model)
  const { query, problems } = emitQuery(program, options)
  if (problems.length > 0) throw new RequestError(problems)
  return query
}

/** Emits everything and says what could not be, all of it at once. */
export function emitQuery(
  program: Program,
  options: SqlOptions,
): { query: SqlQuery; problems: readonly Problem[] } {
  const { file } = program.model
  const { decisions, conditions = [], subject, asOf } = options
  for (const name of [...decisions, ...conditions]) getDecision(program, name)
  const today = parseDate(asOf)
  if (today === null) throw new RequestError([notADate(file, asOf)])

  const chain = chainOf(program, [...decisions, ...conditions])
  const dialect = options.target === 'duckdb' ? DUCKDB : POSTGRESQL
  const statement = newStatement(program, chain, options, today, dialect)
  const tables = new Map<string, EmittedTable>()
  for (const typed of chain) emitDecision(statement, typed, file, tables)

  const items: SelectItem[] = []
  for (const [i, name] of decisions.entries()) {
    items.push(...valueItems(statement, getDecision(program, name), i + 1, tables.get(name), file))
  }
  for (const [i, name] of conditions.entries()) {
    items.push(...bitItems(statement, name, i + 1, tables.get(name), file))
  }
  const { identifier } = dialect
  const alias = identifier(subject.alias)
  const expressions = items.map(item => item.expression)
  const from = dialect.from(tableName(subject, dialect), alias, statement.levels, expressions)
  const keys = (subject.keys ?? []).map(key => `${alias}.${identifier(key)}`)
  const list = [...keys, ...items.map(item => `${item.expression} as ${item.name}`)]
  const query = { items, from, text: `select\n  ${list.join(',\n  ')}\nfrom ${from}` }
  return { query, problems: statement.problems }
}

function emitDecision(
  statement: Statement,
  typed: TypedDecision,
  file: string,
  tables: Map<string, EmittedTable>,
): void {
  const { decision, body } = typed
  const emitter = new Emitter(statement, { file, element: decision.name, line: decision.line })
  if (typed.coerce !== undefined || body.kind === 'boxed') {
    emitter.refuse(
      undefined,
      'null',
      '这个决策的结果须逐户核对类型或用到盒式表达式，不能批量运行。请改用表达式或决策表，并让结果类型与声明一致。',
      'This decision is a boxed expression, or its result has to be brought to its declared type; that runs one by one only. Use an expression or a table whose type is the declared one.',
    )
    return
  }
  switch (body.kind) {
    case 'unsupported':
      emitter.refuse(undefined, 'null', body.problem.zh, body.problem.en)
      return
    case 'expression': {
      const { node, text, line } = body.expression
      if (typeof node.type === 'object') {
        emitter.refuse(
          node,
          node.type,
          '批量运行的表达式须得出单个值。',
          'In bulk an expression must give a single value.',
        )
        return
      }
      const fragment = emitter.share(emitter.at({ text, line }).node(node))
      statement.decisions.set(decision.name, { kind: 'value', fragment })
      return
    }
    case 'table': {
      const table = emitTable(emitter, body)
      const outputs = table.outputs.map(emitter.share)
      tables.set(decision.name, { ...table, outputs })
      const [only] = outputs
      if (body.outputs.length === 1 && only) {
        statement.decisions.set(decision.name, { kind: 'value', fragment: only })
        return
      }
      const fields = new Map(
        body.outputs.flatMap(({ name }, o) => {
          const output = outputs[o]
          return name !== undefined && output ? [[name, output] as const] : []
        }),
      )
      statement.decisions.set(decision.name, { kind: 'outputs', fields })
      return
    }
    default:
      body satisfies never
  }
}

function valueItems(
  statement: Statement,
  typed: TypedDecision,
  number: number,
  table: EmittedTable | undefined,
  file: string,
): SelectItem[] {
  const { name: decision } = typed.decision
  const emitted = statement.decisions.get(decision)
  const item = (name: string, fragment: Fragment, type: Type, output?: string): SelectItem => {
    const scalar: ScalarType = isScalar(type) ? type : 'string'
    const { text: expression, sqlType } = statement.dialect.result(fragment, scalar, statement.trailingZeros)
    return {
      name,
      role: 'value',
      decision,
      type: scalar,
      sqlType,
      expression,
      ...(output === undefined ? {} : { output }),
    }
  }
  const rule: SelectItem[] = table?.rule
    ? [plainItem(`rule_${number}`, 'rule', decision, table.rule, 'integer')]
    : []
  if (emitted?.kind === 'value') return [item(`value_${number}`, emitted.fragment, typed.type), ...rule]
  if (emitted?.kind === 'outputs' && typeof typed.type === 'object' && typed.type.kind === 'context') {
    const types = new Map(typed.type.fields.map(field => [field.name, field.type]))
    const values = [...emitted.fields].map(([output, fragment], i) =>
      item(`value_${number}_${i + 1}`, fragment, types.get(output) ?? 'null', output),
    )
    return [...values, ...rule]
  }
  new Emitter(statement, { file, element: decision }).refuse(
    undefined,
    'null',
    '这个决策不能批量运行。',
    'This decision cannot run in bulk.',
  )
  return []
}

function bitItems(
  statement: Statement,
  decision: string,
  number: number,
  table: EmittedTable | undefined,
  file: string,
): SelectItem[] {
  const emitter = new Emitter(statement, { file, element: decision })
  if (table === undefined) {
    emitter.refuse(
      undefined,
      'null',
      '只有决策表才有条件列。',
      'Only a decision table has condition columns.',
    )
    return []
  }
  if (table.conditions.length > CONDITIONS_MAX) {
    emitter.refuse(
      undefined,
      'null',
      `条件列超过 ${CONDITIONS_MAX} 列，无法逐列记录。请拆成两张表。`,
      `More than ${CONDITIONS_MAX} condition columns cannot be recorded bit by bit; split the table.`,
    )
    return []
  }
  const cells = table.conditions.map(emitter.share)
  return [
    plainItem(
      `passed_${number}`,
      'passed',
      decision,
      bits(cells, text => text),
      'bigint',
    ),
    plainItem(
      `unknown_${number}`,
      'unknown',
      decision,
      bits(cells, text => `${text} is null`),
      'bigint',
    ),
  ]
}

/** Powers of two, each at most once, cannot overflow a bigint. */
function bits(cells: readonly Fragment[], when: (text: string) => string): Fragment {
  const terms = cells.map(
    (cell, i) => `case when ${when(cell.text)} then ${1n << BigInt(i)}::bigint else 0 end`,
  )
  return over(cells, { text: terms.length === 0 ? '0::bigint' : `(${terms.join(' + ')})`, sqlType: 'bigint' })
}

function plainItem(
  name: string,
  role: SelectItem['role'],
  decision: string,
  { text }: Fragment,
  sqlType: SqlType,
): SelectItem {
  return { name, role, decision, type: 'number', sqlType, expression: text }
}

function tableName({ table }: Subject, { identifier }: Dialect): string {
  return typeof table === 'string' ? identifier(table) : table.map(identifier).join('.')
}
