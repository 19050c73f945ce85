import type { Node } from '../node/node.ts'
import type { QuantifiedNode, SingleNode } from '../node/single.ts'
import { isScalar, type Type } from '../value/type.ts'
import type { Emitter } from './emitter.ts'
import { type Fragment, over } from './fragment.ts'
import type { ChildTable, Subject } from './query.ts'
import { columnFragment } from './subject.ts'

/** A million million records of one subject are more than any of them has; sums stay exact up to there. */
const RECORDS_DIGITS = 12

/** What a record is called inside an aggregate; no subject is called so. */
const RECORD = '~record'

/** Worth a level of its own as soon as it is read twice. */
const AGGREGATE_COST = 200

/** Where the emitter stands inside a condition on the records of a child table. */
export interface ChildScope {
  readonly fields: ReadonlyMap<string, Fragment>
  /** Set as soon as something of the subject itself is read. */
  readsSubject: boolean
}

/** The records an aggregate is over: a child table, those of its records that meet the conditions, one field of them. */
interface Records {
  readonly name: string
  readonly table: ChildTable
  readonly conditions: readonly Node[]
  readonly field?: string
}

type Aggregate = 'count' | 'sum' | 'min' | 'max' | 'some' | 'every'

/**
 * `count`, `sum`, `min`, `max`, `some` and `every` over a list that is bound to a child table. What asks only for the records
 * themselves is worked out in one pass over the child table, grouped by subject; what compares them with the subject is asked
 * subject by subject. Undefined for any other node.
 */
export function emitAggregate(emitter: Emitter, node: SingleNode): Fragment | undefined {
  // Records of records have no table to group.
  if (emitter.child !== undefined) return undefined
  if (node.kind === 'some' || node.kind === 'every') return quantified(emitter, node)
  if (node.kind !== 'built-in' || node.names !== undefined || node.args.length !== 1) return undefined
  const { function: name } = node
  if (name !== 'count' && name !== 'sum' && name !== 'min' && name !== 'max') return undefined
  const [list] = node.args
  const records = list && recordsOf(emitter, list)
  if (records === undefined || (name !== 'count' && records.field === undefined)) return undefined
  return aggregated(emitter, name, records, node.type)
}

/** A field of the record that a condition is about. */
export function emitField(emitter: Emitter, node: SingleNode): Fragment | undefined {
  if (node.kind === 'item name') return emitter.child?.fields.get(node.name)
  if (node.kind !== 'path' || node.of.kind !== 'local' || node.of.depth !== 0) return undefined
  return emitter.child?.fields.get(node.name)
}

function recordsOf(
  emitter: Emitter,
  list: Node,
  conditions: readonly Node[] = [],
  field?: string,
): Records | undefined {
  if (list.kind === 'text') return recordsOf(emitter, list.expression, conditions, field)
  if (list.kind === 'path' && field === undefined) return recordsOf(emitter, list.of, conditions, list.name)
  if (list.kind === 'filter' && list.condition.type === 'boolean') {
    return recordsOf(emitter, list.of, [list.condition, ...conditions], field)
  }
  if (list.kind !== 'input') return undefined
  const table = emitter.statement.children.get(list.name)
  return table && { name: list.name, table, conditions, ...(field === undefined ? {} : { field }) }
}

function quantified(emitter: Emitter, node: QuantifiedNode): Fragment | undefined {
  const [iterator] = node.iterators
  if (iterator === undefined || node.iterators.length > 1 || iterator.to !== undefined) return undefined
  const records = recordsOf(emitter, iterator.of)
  if (records === undefined || records.field !== undefined) return undefined
  return aggregated(emitter, node.kind, records, 'boolean', node.condition)
}

function aggregated(
  emitter: Emitter,
  aggregate: Aggregate,
  records: Records,
  type: Type,
  tested?: Node,
): Fragment | undefined {
  const alias = emitter.dialect.identifier(RECORD)
  const scope: ChildScope = { fields: fieldsOf(emitter, records), readsSubject: false }
  const inside = emitter.inside(scope)
  const conditions = records.conditions.map(condition => inside.node(condition))
  const value = tested
    ? inside.node(tested)
    : records.field === undefined
      ? undefined
      : scope.fields.get(records.field)
  if (value === undefined && aggregate !== 'count') return undefined
  if (tested === undefined && aggregate !== 'count' && !isScalar(type)) return undefined
  const filter =
    conditions.length === 0 ? '' : ` filter (where ${conditions.map(each => each.text).join(' and ')})`
  const { text, nullable } = expression(aggregate, value, filter)
  const operands = value === undefined ? conditions : [...conditions, value]
  const of = { table: records.table, alias }
  const found = scope.readsSubject ? correlated(emitter, of, text, operands) : grouped(emitter, of, text)
  return resultOf(emitter, aggregate, { ...found, nullable }, value)
}

/** What the database works out over the records of one subject; without any it is null, which `resultOf` settles. */
function expression(
  aggregate: Aggregate,
  value: Fragment | undefined,
  filter: string,
): { readonly text: string; readonly nullable: boolean } {
  const x = value?.text ?? ''
  switch (aggregate) {
    case 'count':
      return { text: `count(*)${filter}`, nullable: false }
    case 'some':
      return {
        text: `case when bool_or(${x})${filter} then true when bool_or(${x} is null)${filter} then null else false end`,
        nullable: true,
      }
    case 'every':
      return {
        text: `case when not bool_and(${x})${filter} then false when bool_or(${x} is null)${filter} then null else true end`,
        nullable: true,
      }
    default: {
      const known = `${aggregate}(${x})${filter}`
      // The aggregates of SQL pass over nulls; FEEL's are null as soon as one item is.
      return {
        text: value?.nullable
          ? `case when bool_or(${x} is null)${filter} then null else ${known} end`
          : known,
        nullable: true,
      }
    }
  }
}

function resultOf(
  emitter: Emitter,
  aggregate: Aggregate,
  found: Found & { readonly nullable: boolean },
  value: Fragment | undefined,
): Fragment | undefined {
  const at = (text: string, of: Partial<Fragment>): Fragment => ({
    ...over([], { text, sqlType: 'boolean', nullable: found.nullable, cost: AGGREGATE_COST }),
    level: found.level,
    ...of,
  })
  switch (aggregate) {
    case 'count':
      return at(`coalesce(${found.text}, 0)`, { sqlType: 'bigint', shape: { int: RECORDS_DIGITS, scale: 0 } })
    case 'some':
    case 'every':
      // A subject without records has no row: none is so, and all are.
      return found.hit === undefined
        ? at(found.text, {})
        : at(`(case when ${found.hit} is null then ${aggregate === 'every'} else ${found.text} end)`, {})
    case 'sum':
    case 'min':
    case 'max': {
      if (value === undefined) return undefined
      if (aggregate !== 'sum') return at(found.text, { sqlType: value.sqlType, shape: value.shape })
      const { int, scale } = value.shape
      return emitter.dialect.summed(emitter, at(found.text, { shape: { int: int + RECORDS_DIGITS, scale } }))
    }
    default:
      return aggregate satisfies never
  }
}

interface Source {
  readonly table: ChildTable
  readonly alias: string
}

/** One pass over the child table for all that is asked of it, a row for each subject that has records. */
function grouped(emitter: Emitter, { table, alias }: Source, text: string): Found {
  const { identifier } = emitter.dialect
  const { levels, subjectAlias } = emitter.statement
  const keys = Object.entries(table.on)
  const by = keys.map(([child]) => `${alias}.${identifier(child)}`)
  const join = levels.aggregate(JSON.stringify(table), (name, list) => {
    const select = [...by.map((key, i) => `${key} as k${i + 1}`), ...list].join(', ')
    const on = keys
      .map(([, own], i) => `${name}.k${i + 1} = ${subjectAlias}.${identifier(own)}`)
      .join(' and ')
    return `left join (select ${select} from ${tableName(emitter, table)} as ${alias} group by ${by.join(', ')}) as ${name} on ${on}`
  })
  return { text: join.column(text), hit: join.column('count(*)'), level: join.level }
}

/** The records of each subject by themselves, since what is asked compares them with the subject. */
function correlated(
  emitter: Emitter,
  { table, alias }: Source,
  text: string,
  operands: readonly Fragment[],
): Found {
  const { identifier } = emitter.dialect
  const on = Object.entries(table.on).map(
    ([child, own]) => `${alias}.${identifier(child)} = ${emitter.statement.subjectAlias}.${identifier(own)}`,
  )
  const level = Math.max(0, ...operands.map(operand => operand.level))
  return {
    text: `(select ${text} from ${tableName(emitter, table)} as ${alias} where ${on.join(' and ')})`,
    level,
  }
}

interface Found {
  readonly text: string
  /** Null for a subject without records, where such a subject has no answer of its own. */
  readonly hit?: string
  readonly level: number
}

function fieldsOf(emitter: Emitter, { name, table }: Records): ReadonlyMap<string, Fragment> {
  const fields = new Map<string, Fragment>()
  const declared = emitter.statement.declared(name)?.items
  const subject: Subject = { table: table.table, alias: RECORD, columns: table.columns }
  for (const [field, binding] of Object.entries(table.columns)) {
    const component = declared?.components?.find(each => each.name === field)?.declared
    if (component === undefined) continue
    const { type, allowed } = component
    const inner = emitter.inside({ fields: new Map(), readsSubject: false })
    fields.set(field, columnFragment(inner, { name: `${name}.${field}`, type, allowed }, subject, binding))
  }
  return fields
}

function tableName(emitter: Emitter, { table }: ChildTable): string {
  const { identifier } = emitter.dialect
  return typeof table === 'string' ? identifier(table) : table.map(identifier).join('.')
}
