import type { DecisionSpec, ModelSpec, TableSpec } from './model-xml.ts'

/**
 * Makes a model that fails as small as it gets: takes away decisions, rules, columns and outputs, then puts parts of
 * an expression in its place, as long as it still fails.
 *
 * @param fails  whether a smaller model is still in order and still fails
 * @param triesMax  models tried at most
 */
export async function shrink(
  spec: ModelSpec,
  fails: (smaller: ModelSpec) => Promise<boolean>,
  triesMax = 3_000,
): Promise<ModelSpec> {
  let smallest = spec
  let tries = 0
  for (let found = true; found; ) {
    found = false
    for (const smaller of smallerThan(smallest)) {
      if (++tries > triesMax) return smallest
      if (!(await fails(smaller))) continue
      smallest = smaller
      found = true
      break
    }
  }
  return smallest
}

function* smallerThan(spec: ModelSpec): Generator<ModelSpec> {
  const names = Object.keys(spec.decisions)
  for (const name of names) yield without(spec, name)
  if ((spec.types ?? []).length > 0) yield untyped(spec)
  const bare = withoutUnused(spec)
  if (JSON.stringify(bare) !== JSON.stringify(spec)) yield bare
  for (const name of names) {
    const decision = spec.decisions[name]
    if (decision === undefined) continue
    for (const smaller of smallerDecisions(decision)) {
      yield { ...spec, decisions: { ...spec.decisions, [name]: smaller } }
    }
  }
}

function without(spec: ModelSpec, name: string): ModelSpec {
  const left = Object.entries(spec.decisions).filter(([each]) => each !== name)
  return {
    ...spec,
    decisions: Object.fromEntries(
      left.map(([each, decision]) => [
        each,
        { ...decision, requires: (decision.requires ?? []).filter(required => required !== name) },
      ]),
    ),
  }
}

/** The same with the inputs and requirements alone that some text names. */
function withoutUnused(spec: ModelSpec): ModelSpec {
  const decisions = Object.entries(spec.decisions).map(([name, decision]): [string, DecisionSpec] => {
    const { requires = [], ...logic } = decision
    const text = JSON.stringify(logic)
    return [name, { ...decision, requires: requires.filter(required => text.includes(required)) }]
  })
  const used = new Set(decisions.flatMap(([, { requires = [] }]) => requires))
  const inputs = Object.entries(spec.inputs ?? {}).filter(([name]) => used.has(name))
  return { ...spec, inputs: Object.fromEntries(inputs), decisions: Object.fromEntries(decisions) }
}

/** The same without allowed values. */
function untyped(spec: ModelSpec): ModelSpec {
  const bases = new Map((spec.types ?? []).map(({ name, base }) => [name, base]))
  const inputs = Object.entries(spec.inputs ?? {}).map(([name, input]) => {
    const type = typeof input === 'string' ? input : input.type
    return [name, bases.get(type) ?? type]
  })
  const decisions = Object.entries(spec.decisions).map(([name, decision]) => {
    const base = decision.type === undefined ? undefined : bases.get(decision.type)
    return [name, base === undefined ? decision : { ...decision, type: base }]
  })
  return {
    ...spec,
    types: [],
    inputs: Object.fromEntries(inputs),
    decisions: Object.fromEntries(decisions),
  }
}

function* smallerDecisions(decision: DecisionSpec): Generator<DecisionSpec> {
  const { expression, table } = decision
  if (expression !== undefined)
    for (const text of smallerTexts(expression)) yield { ...decision, expression: text }
  if (table !== undefined) for (const smaller of smallerTables(table)) yield { ...decision, table: smaller }
}

function* smallerTables(table: TableSpec): Generator<TableSpec> {
  const { rules, columns, outputs } = table
  for (let size = rules.length >> 1; size >= 1; size >>= 1) {
    for (let from = 0; from < rules.length; from += size) {
      yield { ...table, rules: rules.filter((_, r) => r < from || r >= from + size) }
    }
  }
  for (const [c] of columns.entries()) {
    yield { ...table, columns: columns.toSpliced(c, 1), rules: rules.map(rule => rule.toSpliced(c, 1)) }
  }
  if (outputs.length > 1) {
    for (const [o] of outputs.entries()) {
      const at = columns.length + o
      yield { ...table, outputs: outputs.toSpliced(o, 1), rules: rules.map(rule => rule.toSpliced(at, 1)) }
    }
  }
  for (const [o, output] of outputs.entries()) {
    const { default: _, ...bare } = output
    if (output.default !== undefined) yield { ...table, outputs: outputs.with(o, bare) }
  }
  for (const [c, column] of columns.entries()) {
    if (typeof column === 'string') continue
    const { values: _, ...bare } = column
    if (column.values !== undefined) yield { ...table, columns: columns.with(c, bare) }
    for (const expression of smallerTexts(column.expression)) {
      yield { ...table, columns: columns.with(c, { ...column, expression }) }
    }
  }
  for (const [r, rule] of rules.entries()) {
    for (const [i, text] of rule.entries()) {
      if (i < columns.length && text !== '-') yield { ...table, rules: rules.with(r, rule.with(i, '-')) }
      for (const smaller of smallerTexts(text))
        yield { ...table, rules: rules.with(r, rule.with(i, smaller)) }
    }
  }
}

const LEAVES = ['0', '1', 'null', 'true', '""', 'date("2024-02-29")', 'duration("P1D")', 'duration("P1M")']

/** Parts that stand in brackets or between commas instead of the whole, and leaves instead of parts. */
function* smallerTexts(text: string): Generator<string> {
  const parts = partsOf(text)
  for (const { from, to } of parts) yield text.slice(from, to)
  for (const { from, to } of parts) {
    for (const inner of partsOf(text.slice(from, to))) {
      yield text.slice(0, from) + text.slice(from + inner.from, from + inner.to) + text.slice(to)
    }
  }
  for (const { from, to } of [...parts, { from: 0, to: text.length }]) {
    const part = text.slice(from, to)
    if (LEAVES.includes(part)) continue
    for (const leaf of LEAVES)
      if (leaf.length < part.length) yield text.slice(0, from) + leaf + text.slice(to)
  }
}

interface Part {
  readonly from: number
  readonly to: number
}

/** What stands between brackets and commas outside of texts, at any depth. */
function partsOf(text: string): Part[] {
  const parts: Part[] = []
  const open: number[] = []
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (quoted && character === '\\') at++
    else if (character === '"') quoted = !quoted
    else if (!quoted && character === '(') open.push(at + 1)
    else if (!quoted && (character === ')' || character === ',')) {
      const from = open.pop()
      if (from !== undefined)
        parts.push({ from: from + (text.slice(from).match(/^ */)?.[0].length ?? 0), to: at })
      if (character === ',') open.push(at + 1)
    }
  }
  return parts.filter(({ from, to }) => to > from && to - from < text.length)
}
