import type { Node } from '../node/node.ts'
import { walk } from '../node/walk.ts'
import { equalValues, type ScalarValue } from '../value/value.ts'
import type { Emitter } from './emitter.ts'
import { type Choice, type Fragment, over } from './fragment.ts'
import type { Emitted } from './shared.ts'

/**
 * What is made of a table's constant outputs can be known rule by rule before any data is there: a comparison with a constant
 * becomes a question for the rule's number, and arithmetic on several outputs becomes one `case` over the rules with the
 * constants in its branches. Both ask once which rule decides where the outputs would ask each for itself.
 */

/** FEEL's `=` between an output and a constant that is not null; undefined where the fragment is no such output. */
export function equalsConstant(
  { choice }: Fragment,
  value: NonNullable<ScalarValue>,
  negated: boolean,
): Fragment | undefined {
  if (choice === undefined) return undefined
  const rules = [...choice.values].flatMap(([rule, each]) =>
    each !== null && equalValues(each, value) ? [rule] : [],
  )
  const { pick } = choice
  const among = rules.length === 0 ? 'false' : `${pick.text} in (${rules.join(', ')})`
  const surely = pick.nullable ? `((${among}) is true)` : `(${among})`
  return over([pick], { text: negated ? `(not ${surely})` : surely, sqlType: 'boolean', nullable: false })
}

const RULES_MAX = 12

/** Node kinds that are null where an output of the table is. */
const COMPUTED: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'arithmetic',
  'round',
  'call',
  'duration',
  'shift',
])

/** One `case` over the rules of the table whose outputs the node reads more than once; undefined for any other node. */
export function specialised(emitter: Emitter, node: Node): Fragment | undefined {
  if (!COMPUTED.has(node.kind) || emitter.statement.specialised) return undefined
  const table = readTwice(emitter, node)
  if (table === undefined) return undefined
  const { name, choice } = table
  const { pick } = choice
  const rules = [...choice.values.keys()].filter(rule => rule !== 0)
  if (rules.length === 0 || rules.length > RULES_MAX) return undefined
  const branches = [...rules, 0].map(rule =>
    emitter.with(name, emitted => chosen(emitter, emitted, rule)).node(node),
  )
  const values = emitter.dialect.alike(emitter, branches)
  const [like] = values
  if (like === undefined) return undefined
  const arms = rules.map((rule, i) => `when ${rule} then ${values[i]?.text}`)
  // Where no rule may decide because several do, that is neither of the rules nor the default.
  const none = pick.nullable ? 'when 0 then' : 'else'
  return over([pick, ...values], {
    text: `(case ${pick.text} ${arms.join(' ')} ${none} ${values.at(-1)?.text} end)`,
    sqlType: like.sqlType,
    nullable: true,
    shape: {
      int: Math.max(...values.map(each => each.shape.int)),
      scale: Math.max(...values.map(each => each.shape.scale)),
    },
  })
}

function readTwice(
  emitter: Emitter,
  node: Node,
): { readonly name: string; readonly choice: Choice } | undefined {
  const reads = new Map<string, number>()
  for (const each of walk(node)) {
    if (each.kind === 'decision') reads.set(each.name, (reads.get(each.name) ?? 0) + 1)
  }
  for (const [name, count] of reads) {
    const choice = choiceOf(emitter.statement.decisions.get(name))
    if (count > 1 && choice !== undefined) return { name, choice }
  }
  return undefined
}

function choiceOf(emitted: Emitted | undefined): Choice | undefined {
  if (emitted?.kind === 'value') return emitted.fragment.choice
  const choices = [...(emitted?.fields.values() ?? [])].map(field => field.choice)
  return choices.every(choice => choice !== undefined) ? choices[0] : undefined
}

/** The table's outputs as the rule gives them. */
function chosen(emitter: Emitter, emitted: Emitted, rule: number): Emitted {
  const constant = (fragment: Fragment): Fragment => {
    const value = fragment.choice?.values.get(rule) ?? null
    return value === null ? emitter.nullLike(fragment) : emitter.literalOf(value)
  }
  if (emitted.kind === 'value') return { kind: 'value', fragment: constant(emitted.fragment) }
  return {
    kind: 'outputs',
    fields: new Map([...emitted.fields].map(([name, field]) => [name, constant(field)])),
  }
}
