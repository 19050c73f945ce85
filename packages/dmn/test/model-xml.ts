/** Writes DMN files for tests from a short description, so that a test shows the model it is about. */
export interface ModelSpec {
  readonly name?: string
  readonly version?: '1.3' | '1.4' | '1.5'
  readonly types?: readonly { readonly name: string; readonly base: string; readonly allowed?: string }[]
  readonly inputs?: Readonly<Record<string, string | { readonly type: string; readonly label?: string }>>
  readonly sources?: Readonly<Record<string, { readonly type?: string; readonly uri?: string }>>
  readonly decisions: Readonly<Record<string, DecisionSpec>>
}

export interface DecisionSpec {
  readonly type?: string
  readonly label?: string
  readonly description?: string
  /** Names of inputs, decisions and sources. */
  readonly requires?: readonly string[]
  readonly expression?: string
  readonly table?: TableSpec
}

export interface TableSpec {
  readonly hitPolicy?: string
  /** `expression`, or `label: expression`. */
  readonly columns: readonly (
    | string
    | {
        readonly label?: string
        readonly expression: string
        readonly type?: string
        /** Unary tests the column's values are expected to satisfy. */
        readonly values?: string
      }
  )[]
  readonly outputs: readonly OutputSpec[]
  readonly annotations?: readonly string[]
  /** Cells, then outputs, then annotations. */
  readonly rules: readonly (readonly string[])[]
}

export interface OutputSpec {
  readonly name?: string
  readonly label?: string
  readonly type?: string
  readonly values?: string
  readonly default?: string
}

const NAMESPACES = {
  '1.3': 'https://www.omg.org/spec/DMN/20191111/MODEL/',
  '1.4': 'https://www.omg.org/spec/DMN/20211108/MODEL/',
  '1.5': 'https://www.omg.org/spec/DMN/20230324/MODEL/',
}

const POLICIES: Readonly<Record<string, string>> = {
  U: 'hitPolicy="UNIQUE"',
  A: 'hitPolicy="ANY"',
  P: 'hitPolicy="PRIORITY"',
  F: 'hitPolicy="FIRST"',
  R: 'hitPolicy="RULE ORDER"',
  O: 'hitPolicy="OUTPUT ORDER"',
  C: 'hitPolicy="COLLECT"',
  'C+': 'hitPolicy="COLLECT" aggregation="SUM"',
  'C#': 'hitPolicy="COLLECT" aggregation="COUNT"',
  'C<': 'hitPolicy="COLLECT" aggregation="MIN"',
  'C>': 'hitPolicy="COLLECT" aggregation="MAX"',
}

export function modelXml(spec: ModelSpec): string {
  const { inputs = {}, sources = {}, decisions, types = [] } = spec
  const ids = new Map(
    [...Object.keys(inputs), ...Object.keys(sources), ...Object.keys(decisions)].map((name, i) => [
      name,
      `id${i + 1}`,
    ]),
  )
  const id = (name: string) => ids.get(name) ?? 'missing'
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<definitions xmlns="${NAMESPACES[spec.version ?? '1.3']}" id="model" name="${xmlText(spec.name ?? '测试')}" namespace="https://millrace.example/test">`,
  ]
  for (const { name, base, allowed } of types) {
    lines.push(
      `  <itemDefinition id="type-${xmlText(name)}" name="${xmlText(name)}"><typeRef>${xmlText(base)}</typeRef>`,
    )
    if (allowed !== undefined)
      lines.push(`    <allowedValues><text>${xmlText(allowed)}</text></allowedValues>`)
    lines.push('  </itemDefinition>')
  }
  for (const [name, input] of Object.entries(inputs)) {
    const { type, label } = typeof input === 'string' ? { type: input, label: undefined } : input
    lines.push(
      `  <inputData id="${id(name)}" name="${xmlText(name)}"${attribute('label', label)}><variable name="${xmlText(name)}"${attribute('typeRef', type === '' ? undefined : type)}/></inputData>`,
    )
  }
  for (const [name, { type, uri }] of Object.entries(sources)) {
    lines.push(
      `  <knowledgeSource id="${id(name)}" name="${xmlText(name)}"${attribute('locationURI', uri)}>${type === undefined ? '' : `<type>${xmlText(type)}</type>`}</knowledgeSource>`,
    )
  }
  for (const [name, decision] of Object.entries(decisions)) {
    lines.push(`  <decision id="${id(name)}" name="${xmlText(name)}"${attribute('label', decision.label)}>`)
    if (decision.description !== undefined)
      lines.push(`    <description>${xmlText(decision.description)}</description>`)
    lines.push(`    <variable name="${xmlText(name)}"${attribute('typeRef', decision.type)}/>`)
    for (const required of decision.requires ?? []) {
      const [outer, inner] = Object.hasOwn(sources, required)
        ? ['authorityRequirement', 'requiredAuthority']
        : ['informationRequirement', Object.hasOwn(inputs, required) ? 'requiredInput' : 'requiredDecision']
      lines.push(`    <${outer}><${inner} href="#${id(required)}"/></${outer}>`)
    }
    if (decision.expression !== undefined) {
      lines.push(`    <literalExpression><text>${xmlText(decision.expression)}</text></literalExpression>`)
    }
    if (decision.table) lines.push(...tableLines(decision.table))
    lines.push('  </decision>')
  }
  lines.push('</definitions>', '')
  return lines.join('\n')
}

function tableLines({ hitPolicy = 'U', columns, outputs, annotations = [], rules }: TableSpec): string[] {
  const lines = [`    <decisionTable ${POLICIES[hitPolicy] ?? `hitPolicy="${hitPolicy}"`}>`]
  for (const column of columns) {
    const { label, expression, type, values } =
      typeof column === 'string'
        ? { label: undefined, expression: column, type: undefined, values: undefined }
        : column
    const expected = values === undefined ? '' : `<inputValues><text>${xmlText(values)}</text></inputValues>`
    lines.push(
      `      <input${attribute('label', label)}><inputExpression${attribute('typeRef', type)}><text>${xmlText(expression)}</text></inputExpression>${expected}</input>`,
    )
  }
  for (const output of outputs) {
    lines.push(
      `      <output${attribute('name', output.name)}${attribute('label', output.label)}${attribute('typeRef', output.type)}>`,
    )
    if (output.values !== undefined)
      lines.push(`        <outputValues><text>${xmlText(output.values)}</text></outputValues>`)
    if (output.default !== undefined) {
      lines.push(`        <defaultOutputEntry><text>${xmlText(output.default)}</text></defaultOutputEntry>`)
    }
    lines.push('      </output>')
  }
  for (const name of annotations) lines.push(`      <annotation name="${xmlText(name)}"/>`)
  for (const rule of rules) {
    lines.push('      <rule>')
    for (const [i, text] of rule.entries()) {
      const entry =
        i < columns.length
          ? 'inputEntry'
          : i < columns.length + outputs.length
            ? 'outputEntry'
            : 'annotationEntry'
      lines.push(`        <${entry}><text>${xmlText(text)}</text></${entry}>`)
    }
    lines.push('      </rule>')
  }
  lines.push('    </decisionTable>')
  return lines
}

function attribute(name: string, value: string | undefined): string {
  return value === undefined ? '' : ` ${name}="${xmlText(value)}"`
}

function xmlText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
}
