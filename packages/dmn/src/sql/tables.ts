import { rulesExcludeEachOther } from '../node/disjoint.ts'
import type { TableBody, TypedRule } from '../node/program.ts'
import { isScalar } from '../value/type.ts'
import { equalValues, type ScalarValue } from '../value/value.ts'
import type { Emitter } from './emitter.ts'
import { type Fragment, over } from './fragment.ts'
import { lookUpOutputs, lookUpRule } from './lookup.ts'
import { isNull } from './nulls.ts'
import { emitTest } from './tests.ts'

export interface EmittedTable {
  /** One for each output. */
  readonly outputs: readonly Fragment[]
  /** Number of the one rule that decides; undefined for tables that collect. */
  readonly rule?: Fragment
  /** Cells of the first rule: met, not met, or null for unknown. */
  readonly conditions: readonly Fragment[]
}

/** A rule and whether it matches; `when` may be null, which as a `case` condition is no match. */
interface Candidate {
  readonly rule: TypedRule
  readonly when: Fragment
}

export function emitTable(emitter: Emitter, body: TableBody): EmittedTable {
  for (const [o, { type }] of body.outputs.entries()) {
    if (isScalar(type) || type === 'null') continue
    emitter
      .at({ output: o + 1 })
      .refuse(
        undefined,
        type,
        '批量运行的结果列须是单个值，且各规则类型一致。',
        'In bulk an output must be a single value, of one type in all rules.',
      )
  }
  const columns = body.columns.map(({ expression }, i) =>
    emitter.share(
      emitter.at({ column: i + 1, line: expression.line, text: expression.text }).node(expression.node),
    ),
  )
  const cellsOf = (rule: TypedRule) =>
    rule.cells.map(({ test, text }, i) =>
      emitTest(
        emitter
          .at({ rule: rule.number, column: i + 1, line: rule.line, text })
          .about(columns[i] ?? nothing(emitter)),
        test,
      ),
    )
  const [first] = body.rules
  if (first && body.rules.length > emitter.statement.casesMax) {
    const found = lookedUp(emitter, body, columns)
    if (found) return { ...found, conditions: cellsOf(first) }
  }
  const cells = body.rules.map(cellsOf)
  const candidates = body.rules.map((rule, r) => ({ rule, when: all(emitter, cells[r] ?? []) }))
  const conditions = cells[0] ?? []
  const { hitPolicy } = body
  if (hitPolicy === 'R' || hitPolicy === 'O' || hitPolicy === 'C') {
    const refused = emitter.refuse(
      undefined,
      'string',
      `命中策略 ${hitPolicy} 得出列表，不能批量运行。请改用汇总（C+、C#、C<、C>）。`,
      `The hit policy ${hitPolicy} gives a list and cannot run in bulk; aggregate (C+, C#, C<, C>).`,
    )
    return { outputs: [refused], conditions }
  }
  if (hitPolicy === 'C+' || hitPolicy === 'C#' || hitPolicy === 'C<' || hitPolicy === 'C>') {
    return { outputs: [aggregate(emitter, body, hitPolicy, candidates)], conditions }
  }
  const pick = emitter.share(pickRule(emitter, body, hitPolicy, candidates))
  return {
    outputs: body.outputs.map((_, o) => outputOf(emitter, body, o, pick)),
    rule: asRule(pick),
    conditions,
  }
}

/** A long table by joins; undefined where it has to be tried rule by rule. */
function lookedUp(
  emitter: Emitter,
  body: TableBody,
  columns: readonly Fragment[],
): Omit<EmittedTable, 'conditions'> | undefined {
  const { hitPolicy, rules } = body
  if (!emitter.dialect.joinsRules || (hitPolicy !== 'U' && hitPolicy !== 'F' && hitPolicy !== 'P'))
    return undefined
  const ordered = hitPolicy === 'P' ? byPriority(emitter, body, rules) : rules
  const found = lookUpRule(emitter, body, columns, ordered)
  if (found === undefined) return undefined
  const pick = emitter.share(found)
  const outputs =
    lookUpOutputs(emitter, body, pick) ?? body.outputs.map((_, o) => outputOf(emitter, body, o, pick))
  return { outputs, rule: asRule(pick) }
}

const INTEGER = { sqlType: 'integer', shape: { int: 10, scale: 0 } } as const

function all(emitter: Emitter, cells: readonly Fragment[]): Fragment {
  const tested = cells.filter(cell => !(cell.literal && cell.text === 'true'))
  const [only] = tested
  if (only === undefined) return emitter.dialect.literal(true, 'boolean')
  if (tested.length === 1) return only
  return over(tested, { text: `(${tested.map(cell => cell.text).join(' and ')})`, sqlType: 'boolean' })
}

/** Number of the deciding rule, 0 where none matches, null where the hit policy is violated. */
function pickRule(
  emitter: Emitter,
  body: TableBody,
  hitPolicy: 'U' | 'F' | 'A' | 'P',
  candidates: readonly Candidate[],
): Fragment {
  if (hitPolicy === 'F' || (hitPolicy === 'U' && rulesExcludeEachOther(body))) return firstOf(candidates)
  if (hitPolicy === 'P') {
    const ordered = byPriority(
      emitter,
      body,
      candidates.map(({ rule }) => rule),
    )
    return firstOf(ordered.flatMap(rule => candidates.filter(each => each.rule === rule)))
  }
  const groups = hitPolicy === 'U' ? candidates.map(each => [each]) : bySameOutputs(emitter, candidates)
  if (groups.length <= 1) return firstOf(candidates)
  const shared = groups.map(group => group.map(({ rule, when }) => ({ rule, when: emitter.share(when) })))
  const matches = shared.map(group => {
    const when = anyOf(group)
    return over([when], { text: `(case when ${when.text} then 1 else 0 end)`, ...INTEGER, nullable: false })
  })
  const count = over(matches, { text: matches.map(each => each.text).join(' + '), ...INTEGER })
  const one = firstOf(shared.flat())
  return over([count, one], {
    text: `(case ${count.text} when 0 then 0 when 1 then ${one.text} end)`,
    ...INTEGER,
    nullable: true,
  })
}

function firstOf(candidates: readonly Candidate[]): Fragment {
  if (candidates.length === 0) return literalNumber(0)
  const sure = candidates.findIndex(({ when }) => when.literal && when.text === 'true')
  const tried = sure < 0 ? candidates : candidates.slice(0, sure)
  const otherwise = candidates[sure]?.rule.number ?? 0
  if (tried.length === 0) return literalNumber(otherwise)
  const arms = tried.map(({ rule, when }) => `when ${when.text} then ${rule.number}`)
  return over(
    tried.map(({ when }) => when),
    {
      text: `(case ${arms.join(' ')} else ${otherwise} end)`,
      ...INTEGER,
      nullable: false,
    },
  )
}

function anyOf(candidates: readonly Candidate[]): Fragment {
  const [only] = candidates
  if (candidates.length === 1 && only) return only.when
  const whens = candidates.map(({ when }) => when)
  return over(whens, { text: `(${whens.map(each => each.text).join(' or ')})`, sqlType: 'boolean' })
}

function asRule(pick: Fragment): Fragment {
  return over([pick], { text: `nullif(${pick.text}, 0)`, ...INTEGER, nullable: true })
}

/** The picked rule's output; PostgreSQL works `pick` out once for the whole `case`. */
function outputOf(emitter: Emitter, body: TableBody, o: number, pick: Fragment): Fragment {
  const entries = body.rules.map(rule => {
    const output = rule.outputs[o]
    return {
      number: rule.number,
      value: output
        ? emitter
            .at({ rule: rule.number, output: o + 1, line: rule.line, text: output.text })
            .node(output.node)
        : nothing(emitter),
      constant: output && emitter.constantOf(output.node),
    }
  })
  const byDefault = body.outputs[o]?.default
  if (byDefault)
    entries.push({
      number: 0,
      value: emitter.at({ output: o + 1, text: byDefault.text }).node(byDefault.node),
      constant: emitter.constantOf(byDefault.node),
    })
  const type = body.outputs[o]?.type
  const none = emitter.dialect.literal(null, type !== undefined && isScalar(type) ? type : 'string')
  if (entries.length === 0) return none
  const values = emitter.dialect.alike(
    emitter,
    entries.map(({ value }) => value),
  )
  const arms = entries.map(({ number }, i) => `when ${number} then ${values[i]?.text ?? none.text}`)
  const output = over([pick, ...values], {
    text: `(case ${pick.text} ${arms.join(' ')} end)`,
    sqlType: values[0]?.sqlType ?? none.sqlType,
    nullable: true,
    shape: widest(values),
  })
  const chosen = new Map<number, ScalarValue>([[0, null]])
  for (const { number, constant } of entries) if (constant !== undefined) chosen.set(number, constant)
  const allConstant = entries.every(({ constant }) => constant !== undefined)
  return allConstant ? { ...output, choice: { pick, values: chosen } } : output
}

function aggregate(
  emitter: Emitter,
  body: TableBody,
  hitPolicy: 'C+' | 'C#' | 'C<' | 'C>',
  candidates: readonly Candidate[],
): Fragment {
  const shared = candidates.map(({ rule, when }) => ({ rule, when: emitter.share(when) }))
  const byDefault = body.outputs[0]?.default
  const none = byDefault
    ? emitter.at({ output: 1, text: byDefault.text }).node(byDefault.node)
    : hitPolicy === 'C#'
      ? literalNumber(0)
      : emitter.dialect.literal(
          null,
          body.outputs[0] && isScalar(body.outputs[0].type) ? body.outputs[0].type : 'string',
        )
  if (shared.length === 0) return none
  const matched = anyOf(shared)
  const value = aggregated(emitter, hitPolicy, shared)
  const [yes, no] = emitter.pair(value, none)
  return over([matched, yes, no], {
    text: `(case when ${matched.text} then ${yes.text} else ${no.text} end)`,
    sqlType: yes.sqlType,
    nullable: true,
    shape: widest([yes, no]),
  })
}

/** Over the rules that match; there is at least one where this is looked at. A null output makes the whole null. */
function aggregated(
  emitter: Emitter,
  hitPolicy: 'C+' | 'C#' | 'C<' | 'C>',
  candidates: readonly Candidate[],
): Fragment {
  if (hitPolicy === 'C#') {
    const ones = candidates.map(({ when }) =>
      over([when], { text: `(case when ${when.text} then 1 else 0 end)`, ...INTEGER, nullable: false }),
    )
    return over(ones, { text: `(${ones.map(each => each.text).join(' + ')})`, ...INTEGER })
  }
  const values = emitter.dialect.alike(
    emitter,
    candidates.map(({ rule }) => {
      const output = rule.outputs[0]
      if (!output) return nothing(emitter)
      const value = emitter
        .at({ rule: rule.number, output: 1, line: rule.line, text: output.text })
        .node(output.node)
      return hitPolicy === 'C+' ? value : emitter.share(value)
    }),
  )
  const whenMatched = (fallback: string) =>
    candidates.map(({ when }, i) => {
      const value = values[i] ?? nothing(emitter)
      return over([when, value], {
        text: `(case when ${when.text} then ${value.text}${fallback} end)`,
        sqlType: value.sqlType,
        shape: value.shape,
        nullable: fallback === '' || value.nullable,
      })
    })
  if (hitPolicy === 'C+') {
    const [first = nothing(emitter), ...rest] = whenMatched(' else 0')
    return rest.reduce((total, each) => emitter.dialect.add(emitter, total, each), first)
  }
  const arms = whenMatched('')
  const [first = nothing(emitter)] = arms
  const collation = first.sqlType === 'text' ? emitter.dialect.collation : ''
  const missing = candidates.flatMap(({ when }, i) => {
    const value = values[i]
    return value?.nullable
      ? [over([when, value], { text: `(${when.text} and ${value.text} is null)`, sqlType: 'boolean' })]
      : []
  })
  const best = `${hitPolicy === 'C<' ? 'least' : 'greatest'}(${arms.map(arm => `${arm.text}${collation}`).join(', ')})`
  const text =
    missing.length === 0
      ? best
      : `(case when ${missing.map(each => each.text).join(' or ')} then null else ${best} end)`
  return over([...arms, ...missing], { text, sqlType: first.sqlType, shape: widest(arms), nullable: true })
}

/** Outputs must be constant: which rule comes first is then known before the first row. */
function byPriority(emitter: Emitter, body: TableBody, rules: readonly TypedRule[]): TypedRule[] {
  const ranks = body.outputs.map(output => output.priorities.map(node => emitter.constantOf(node)))
  const keyed = rules.map(rule => ({
    rule,
    key: constantOutputs(emitter, rule).map((value, o) => {
      const rank = (ranks[o] ?? []).findIndex(each => each !== undefined && equalValues(each, value))
      return rank < 0 ? Number.MAX_SAFE_INTEGER : rank
    }),
  }))
  keyed.sort((a, b) => a.key.reduce((order, rank, i) => order || rank - (b.key[i] ?? 0), 0))
  return keyed.map(({ rule }) => rule)
}

/** Rules whose constant outputs are the same; under Any several of one group may match. */
function bySameOutputs(emitter: Emitter, candidates: readonly Candidate[]): Candidate[][] {
  const groups: { outputs: ReturnType<typeof constantOutputs>; members: Candidate[] }[] = []
  for (const candidate of candidates) {
    const outputs = constantOutputs(emitter, candidate.rule)
    const same = groups.find(group =>
      group.outputs.every((value, i) => equalValues(value, outputs[i] ?? null)),
    )
    if (same) same.members.push(candidate)
    else groups.push({ outputs, members: [candidate] })
  }
  return groups.map(group => group.members)
}

function constantOutputs(emitter: Emitter, rule: TypedRule) {
  return rule.outputs.map((output, o) => {
    const value = emitter.constantOf(output.node)
    if (value !== undefined) return value
    emitter
      .at({ rule: rule.number, output: o + 1, line: rule.line, text: output.text })
      .refuse(
        output.node,
        'string',
        '批量运行时，命中策略 P 和 A 的结果须为常数。',
        'In bulk the outputs of the hit policies P and A must be constants.',
      )
    return null
  })
}

function nothing(emitter: Emitter): Fragment {
  return emitter.dialect.literal(null, 'string')
}

function widest(values: readonly Fragment[]) {
  const known = values.filter(value => !isNull(value))
  return {
    int: Math.max(0, ...known.map(value => value.shape.int)),
    scale: Math.max(0, ...known.map(value => value.shape.scale)),
  }
}

function literalNumber(count: number): Fragment {
  return {
    text: String(count),
    sqlType: 'integer',
    nullable: false,
    shape: { int: 1, scale: 0 },
    cost: 0,
    level: 0,
    literal: true,
  }
}
