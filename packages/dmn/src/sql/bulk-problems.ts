import { programOf } from '../check/program.ts'
import { chainOf } from '../evaluate/chain.ts'
import type { Program } from '../node/program.ts'
import type { Problem } from '../problem.ts'
import type { Model } from '../read/model.ts'
import { isScalar, type ScalarType } from '../value/type.ts'
import type { ChildTable, ColumnBinding, ColumnType } from './query.ts'
import { emitQuery } from './to-sql.ts'

const COLUMN_TYPE: Record<ScalarType, ColumnType> = {
  number: 'numeric(18,2)',
  string: 'text',
  boolean: 'boolean',
  date: 'date',
  'days and time duration': 'bigint',
  'years and months duration': 'integer',
}

/**
 * What keeps decisions from running set-based in a database, in the order of the file: found by emitting them over a
 * made-up table, so that it cannot differ from what `toSql` refuses. What is wrong with them anyway is `check`'s.
 *
 * @param names  decisions that must run in bulk
 * @param target  the database; PostgreSQL unless said
 *
 * @example
 * const problems = [...check(model), ...bulkProblems(model, ['贴息金额'])]
 */
export function bulkProblems(
  model: Model,
  names: readonly string[],
  target: 'postgresql' | 'duckdb' = 'postgresql',
): readonly Problem[] {
  const program = programOf(model)
  const { file, decisions } = model
  const unknown = names.filter(name => !decisions.some(decision => decision.name === name))
  const known = names.filter(name => program.decisions.has(name))
  const children = childrenOf(program)
  const inputs = [...program.inputs.values()].flatMap(({ data, type }, i): [string, ColumnBinding][] =>
    // What is neither a scalar nor a list of records is refused whatever the column.
    Object.hasOwn(children, data.name)
      ? []
      : [[data.name, { column: `c${i}`, type: isScalar(type) ? COLUMN_TYPE[type] : 'text' }]],
  )
  const { problems } = emitQuery(program, {
    decisions: known,
    subject: {
      table: 'subject',
      alias: 's',
      columns: Object.fromEntries(inputs),
      children,
    },
    asOf: '2000-01-01',
    target,
  })
  // Broken decisions have been reported as such; here only what stands in the way of running in bulk is new.
  const broken = new Set(
    chainOf(program, known)
      .map(typed => typed.decision.name)
      .filter(name =>
        program.problems.some(each => each.severity === 'error' && each.where.element === name),
      ),
  )
  return [
    ...unknown.map(
      (name): Problem => ({
        code: 'unknown-name',
        severity: 'error',
        where: { file },
        zh: `模型中没有名为“${name}”的决策。`,
        en: `The model has no decision "${name}".`,
      }),
    ),
    ...problems.filter(problem => !broken.has(problem.where.element ?? '')),
  ]
}

/** A made-up child table for every input that is a list of records. */
function childrenOf(program: Program): Record<string, ChildTable> {
  const children: Record<string, ChildTable> = {}
  for (const { data, declared } of program.inputs.values()) {
    const components = declared.items?.components ?? []
    const columns = components.flatMap(({ name, declared: { type } }, i): [string, ColumnBinding][] =>
      isScalar(type) ? [[name, { column: `c${i}`, type: COLUMN_TYPE[type] }]] : [],
    )
    if (columns.length === 0) continue
    children[data.name] = { table: 'child', on: { subject: 'id' }, columns: Object.fromEntries(columns) }
  }
  return children
}
