import { rulesExcludeEachOther } from '../node/disjoint.ts'
import type { TableBody, TypedOutput, TypedRule } from '../node/program.ts'
import { allOf, emitTest, equal, numeric, type Wanted } from './booleans.ts'
import { type Code, heldOf, nullCode } from './code.ts'
import type { Emitter } from './emitter.ts'
import { add, alike, exact, ordered } from './numbers.ts'

export interface EmittedTable {
  /** One for each output, each a name. */
  readonly outputs: readonly Code[]
  /** Number of the one rule that decides, or 0 for none and null for a violated policy; absent for tables that collect. */
  readonly rule?: string
  /** Cells of the first rule as values: true, false, or null for unknown; only where they were asked for. */
  readonly conditions: readonly string[]
}

interface Rule {
  readonly rule: TypedRule
  /** A plain JavaScript truth: it matches. */
  readonly when: string
}

/** Emits the statements of one table. */
export function emitTable(emitter: Emitter, body: TableBody, wantsConditions: boolean): EmittedTable {
  const columns = body.columns.map(({ expression }, i) =>
    emitter.writer.variable(
      emitter.at({ column: i + 1, line: expression.line, text: expression.text }).node(expression.node),
    ),
  )
  const cellsOf = (rule: TypedRule) =>
    rule.cells.map(({ test, text }, i) => (wanted: Wanted) => {
      const cell = emitter.at({ rule: rule.number, column: i + 1, line: rule.line, text })
      return emitTest(cell.about(columns[i] ?? nullCode('text')), test, wanted)
    })
  const first = body.rules[0]
  const conditions =
    wantsConditions && first
      ? cellsOf(first).map(
          cell => emitter.writer.variable({ ...nullCode('boolean'), text: cell('value'), atom: false }).text,
        )
      : []
  const rules = body.rules.map(rule => ({ rule, when: allOf(emitter, cellsOf(rule), 'true') }))
  return { ...decide(emitter, body, rules), conditions }
}

function decide(emitter: Emitter, body: TableBody, rules: readonly Rule[]): Omit<EmittedTable, 'conditions'> {
  const { hitPolicy } = body
  switch (hitPolicy) {
    case 'F':
      return picked(emitter, body, firstOf(emitter, rules))
    case 'U':
      return picked(
        emitter,
        body,
        rulesExcludeEachOther(body) ? firstOf(emitter, rules) : onlyOf(emitter, rules),
      )
    case 'A':
      return picked(emitter, body, agreeing(emitter, rules))
    case 'P':
      return picked(emitter, body, best(emitter, body, rules))
    case 'C+':
    case 'C#':
    case 'C<':
    case 'C>':
      return { outputs: [collected(emitter, body, rules, hitPolicy)] }
    case 'R':
    case 'O':
    case 'C':
      emitter.refuse(
        undefined,
        `命中策略 ${hitPolicy} 得出列表，不能编译。请改用汇总（C+、C#、C<、C>）。`,
        `The hit policy ${hitPolicy} gives a list and cannot be compiled; aggregate (C+, C#, C<, C>).`,
      )
      return { outputs: body.outputs.map(() => nullCode('text')) }
    default:
      return hitPolicy satisfies never
  }
}

function firstOf({ writer }: Emitter, rules: readonly Rule[]): string {
  const name = writer.fresh()
  const steps = rules.map(
    ({ rule, when }) => `  if (${when}) { ${name} = ${rule.number}; break ${name}_found }`,
  )
  writer.statements.push(`let ${name} = 0`, `${name}_found: {`, ...steps, '}')
  return name
}

/** Null as soon as a second rule matches. */
function onlyOf({ writer }: Emitter, rules: readonly Rule[]): string {
  const name = writer.fresh()
  const steps = rules.map(
    ({ rule, when }) =>
      `  if (${when}) { if (${name} !== 0) { ${name} = null; break ${name}_found } ${name} = ${rule.number} }`,
  )
  writer.statements.push(`let ${name} = 0`, `${name}_found: {`, ...steps, '}')
  return name
}

/** The first that matches; null when another says something else. */
function agreeing(emitter: Emitter, rules: readonly Rule[]): string {
  const { writer } = emitter
  const name = writer.fresh()
  const said = columnsOf(emitter, rules)
  const kept = said.map(() => writer.fresh())
  writer.statements.push(`let ${[`${name} = 0`, ...kept].join(', ')}`, `${name}_found: {`)
  for (const [i, { rule, when }] of rules.entries()) {
    const values = said.map(column => column[i] ?? nullCode('text'))
    const differs = values.map((value, o) => {
      const before = { ...value, text: kept[o] ?? 'null', nullable: true, atom: true }
      return equal(emitter, before, { ...value, nullable: true }, true)
    })
    writer.statements.push(
      `  if (${when}) { if (${name} === 0) { ${name} = ${rule.number}; ${values.map((value, o) => `${kept[o]} = ${value.text}`).join('; ')} } else if (${differs.join(' || ')}) { ${name} = null; break ${name}_found } }`,
    )
  }
  writer.statements.push('}')
  return name
}

/** Lowest rank first, leftmost output first; of equal rank the first rule. */
function best(emitter: Emitter, body: TableBody, rules: readonly Rule[]): string {
  const { writer } = emitter
  const name = writer.fresh()
  const ranks = body.outputs.map(() => writer.fresh())
  writer.statements.push(`let ${[`${name} = 0`, ...ranks].join(', ')}`)
  for (const { rule, when } of rules) {
    const own = body.outputs.map(() => writer.fresh())
    const rankings = body.outputs.map((output, o) => `const ${own[o]} = ${rankOf(emitter, output, rule, o)}`)
    const better = own.reduceRight(
      (rest, mine, o) => `${mine} < ${ranks[o]} || (${mine} === ${ranks[o]} && (${rest}))`,
      'false',
    )
    const keep = own.map((mine, o) => `${ranks[o]} = ${mine}`).join('; ')
    writer.statements.push(
      `if (${when}) { ${rankings.join('; ')}; if (${name} === 0 || ${better}) { ${name} = ${rule.number}; ${keep} } }`,
    )
  }
  return name
}

function rankOf(emitter: Emitter, output: TypedOutput, rule: TypedRule, o: number): string {
  const value = entry(emitter, rule, o)
  return emitter.writer.over([value], x =>
    output.priorities.reduceRight(
      (rest, node, rank) => `${equal(emitter, x, emitter.node(node), false)} ? ${rank} : ${rest}`,
      '9007199254740991',
    ),
  )
}

/** The picked rule's outputs, or the defaults where none matched. */
function picked(emitter: Emitter, body: TableBody, rule: string): Omit<EmittedTable, 'conditions'> {
  const { writer } = emitter
  const columns = body.outputs.map((output, o) => {
    const entries = body.rules.map(each => entry(emitter, each, o))
    const byDefault = output.default
      ? emitter.at({ output: o + 1, text: output.default.text }).node(output.default.node)
      : undefined
    const values = same(emitter, byDefault ? [...entries, byDefault] : entries)
    return { values: values.slice(0, entries.length), byDefault: byDefault && values.at(-1) }
  })
  const outputs = columns.map(({ values, byDefault }, o): Code => {
    const all = byDefault ? [...values, byDefault] : values
    const [like = nullCode(heldOf(body.outputs[o]?.type ?? 'null'))] = all
    const shape = { int: Math.max(0, ...all.map(each => each.shape.int)), scale: like.shape.scale }
    return { ...like, text: `${rule}_${o + 1}`, nullable: true, shape, atom: true }
  })
  writer.statements.push(`let ${outputs.map(each => `${each.text} = null`).join(', ')}`, `switch (${rule}) {`)
  for (const [i, { number }] of body.rules.entries()) {
    const set = columns.map(({ values }, o) => `${outputs[o]?.text} = ${values[i]?.text}`)
    writer.statements.push(`  case ${number}: ${set.join('; ')}; break`)
  }
  const defaults = columns.flatMap(({ byDefault }, o) =>
    byDefault ? [`${outputs[o]?.text} = ${byDefault.text}`] : [],
  )
  if (defaults.length > 0) writer.statements.push(`  case 0: ${defaults.join('; ')}; break`)
  writer.statements.push('}')
  return { outputs, rule }
}

function collected(
  emitter: Emitter,
  body: TableBody,
  rules: readonly Rule[],
  hitPolicy: 'C+' | 'C#' | 'C<' | 'C>',
): Code {
  const { writer } = emitter
  const matches = rules.map(({ when }) => {
    const name = writer.fresh()
    writer.statements.push(`const ${name} = ${when}`)
    return name
  })
  const fallback = body.outputs[0]?.default
  const byDefault = fallback
    ? emitter.at({ output: 1, text: fallback.text }).node(fallback.node)
    : hitPolicy === 'C#'
      ? ZERO
      : undefined
  if (rules.length === 0)
    return writer.variable(byDefault ?? nullCode(heldOf(body.outputs[0]?.type ?? 'null')))
  const value = aggregate(emitter, rules, matches, hitPolicy)
  const none = byDefault ?? { ...nullCode(value.held), shape: value.shape }
  return writer.variable(emitter.choose(`(${matches.join(' || ')})`, value, none))
}

const ZERO: Code = { ...exact('0', false, { int: 1, scale: 0 }), atom: true }

/** Over the rules that match; there is at least one where this is looked at. */
function aggregate(
  emitter: Emitter,
  rules: readonly Rule[],
  matches: readonly string[],
  hitPolicy: 'C+' | 'C#' | 'C<' | 'C>',
): Code {
  const { writer } = emitter
  if (hitPolicy === 'C#') {
    return exact(`(${matches.map(name => `(${name} ? 1 : 0)`).join(' + ')})`, false, { int: 10, scale: 0 })
  }
  const values = same(
    emitter,
    rules.map(({ rule }) => entry(emitter, rule, 0)),
  )
  if (hitPolicy === 'C+') {
    const summands = values.map((value, i) => emitter.choose(`${matches[i]}`, value, ZERO))
    return summands.reduce((total, each) => add(writer, total, each, '+'))
  }
  const name = writer.fresh()
  const [like = nullCode('text')] = values
  const kept = { ...like, text: name, nullable: true, atom: true }
  writer.statements.push(`let ${name}, ${name}_seen = false`)
  for (const [i, value] of values.entries()) {
    const next = writer.over([value], x => {
      const better = `${ordered(x, hitPolicy === 'C<' ? '<' : '>', kept)} ? ${x.text} : ${name}`
      return `(!${name}_seen ? ${x.text} : ${name} === null || ${x.text} === null ? null : ${better})`
    })
    writer.statements.push(`if (${matches[i]}) { ${name} = ${next}; ${name}_seen = true }`)
  }
  return { ...kept, shape: { int: Math.max(...values.map(each => each.shape.int)), scale: like.shape.scale } }
}

function columnsOf(emitter: Emitter, rules: readonly Rule[]): Code[][] {
  const outputs = rules[0]?.rule.outputs ?? []
  return outputs.map((_, o) =>
    same(
      emitter,
      rules.map(({ rule }) => entry(emitter, rule, o)),
    ),
  )
}

function entry(emitter: Emitter, rule: TypedRule, o: number): Code {
  const output = rule.outputs[o]
  if (output === undefined) return nullCode('text')
  return emitter
    .at({ rule: rule.number, output: o + 1, line: rule.line, text: output.text })
    .node(output.node)
}

function same(emitter: Emitter, values: readonly Code[]): Code[] {
  return values.some(numeric) ? alike(emitter.writer, values) : [...values]
}
