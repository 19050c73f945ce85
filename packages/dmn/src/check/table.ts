import type { Declared } from '../node/declared.ts'
import type { Node } from '../node/node.ts'
import type { TableBody, TypedColumn, TypedOutput, TypedRule, TypedText } from '../node/program.ts'
import type { Test } from '../node/test.ts'
import type { DecisionTable, InputClause, OutputClause, Rule } from '../read/model.ts'
import { FeelSyntaxError } from '../read/syntax.ts'
import { commonType, isScalar, nameOfType, type Type } from '../value/type.ts'
import { allowedOnly, asDeclared, declaredAs } from './declarations.ts'
import { Typer, typeExpression } from './expression.ts'
import type { Locals } from './locals.ts'
import { isOrdered } from './operators.ts'
import { Reporter, type Scope } from './scope.ts'
import { literal, withType } from './typed-nodes.ts'
import { typeTests } from './unary-tests.ts'

/** @param locals  what is bound around a table that stands inside another expression */
export function typeTable(
  table: DecisionTable,
  scope: Scope,
  report: Reporter,
  locals?: Locals,
): { body: TableBody; type: Type } {
  const around: Around = { scope, locals, report }
  const columns = table.columns.map((column, i) =>
    typeColumn(column, around, report.at({ line: column.line, column: i + 1 })),
  )
  const rules = table.rules.map((rule, i) => typeRule(table, columns, rule, i + 1, around))
  const declared = table.outputs.map(({ line, typeRef }, i) =>
    declaredAs(scope.types, typeRef, report.at({ line, output: i + 1 })),
  )
  const outputs = table.outputs.map((output, i) =>
    typeOutput(
      output,
      declared[i],
      rules.map(rule => rule.outputs[i]),
      around,
      report.at({ line: output.line, output: i + 1 }),
    ),
  )
  checkShape(table, outputs, report)
  const body: TableBody = {
    kind: 'table',
    hitPolicy: table.hitPolicy,
    columns,
    outputs,
    rules: rules.map(rule => ({
      ...rule,
      outputs: rule.outputs.map((output, i) => retype(output, outputs[i]?.type ?? 'null')),
    })),
  }
  const brought = withOutputs(body, (output, i) => {
    const clause = table.outputs[i]
    const name = clause?.name ?? clause?.label ?? output.text
    const brought = { ...output, node: asDeclared(output.node, declared[i], name) }
    return clause === undefined ? brought : withOutputValues(clause, brought, around, name)
  })
  const settled = {
    ...brought,
    outputs: brought.outputs.map((output, i) => {
      const type = declared[i]?.type ?? 'Any'
      return type === 'Any' ? output : { ...output, type }
    }),
  }
  return { body: settled, type: typeOfTable(settled) }
}

/** A table whose single output is null where it is not one the decision allows. */
export function withAllowedOutputs(body: TableBody, declared: Declared, name: string): TableBody {
  return withOutputs(body, output => ({ ...output, node: allowedOnly(output.node, declared, name) }))
}

function withOutputs(body: TableBody, bring: (output: TypedText, i: number) => TypedText): TableBody {
  return {
    ...body,
    rules: body.rules.map(rule => ({ ...rule, outputs: rule.outputs.map(bring) })),
    outputs: body.outputs.map((output, i) =>
      output.default === undefined ? output : { ...output, default: bring(output.default, i) },
    ),
  }
}

interface Around {
  readonly scope: Scope
  readonly locals: Locals | undefined
  readonly report: Reporter
}

/** What a table gives: the one output, all of them, a list, or what the aggregation makes of them. */
function typeOfTable({ hitPolicy, outputs }: TableBody): Type {
  if (hitPolicy === 'C#') return 'number'
  const [first] = outputs
  const of: Type =
    outputs.length === 1 && first
      ? first.type
      : { kind: 'context', fields: outputs.map(({ name, type }) => ({ name: name ?? '', type })) }
  return hitPolicy === 'R' || hitPolicy === 'O' || hitPolicy === 'C' ? { kind: 'list', of } : of
}

function typeColumn(column: InputClause, { scope, locals }: Around, report: Reporter): TypedColumn {
  const { expression: text, line } = column
  const typer = new Typer(scope, report.at({ text }), undefined, locals)
  const node =
    text === ''
      ? typer.invalid({ from: 0, to: 0 }, 'structure', {
          zh: '条件列没有表达式，请写明判断的对象。',
          en: 'The column has no expression; say what it tests.',
        })
      : typeExpression(typer, text)
  const label = column.label ?? text
  const declared = declaredAs(scope.types, column.typeRef, report)
  const typed = columnAsDeclared(node, declared, label, report)
  return { label, expression: { node: withInputValues(column, typed, typer, label), text, line } }
}

function columnAsDeclared(node: Node, declared: Declared | undefined, label: string, report: Reporter): Node {
  if (declared === undefined) return node
  if (isScalar(node.type) && isScalar(declared.type) && node.type !== declared.type) {
    report.error('type', {
      zh: `条件列声明的类型是${nameOfType(declared.type, 'zh')}，表达式得出的却是${nameOfType(node.type, 'zh')}。`,
      en: `The column is declared as ${nameOfType(declared.type, 'en')} but its expression gives ${nameOfType(node.type, 'en')}.`,
    })
    return node
  }
  return asDeclared(node, declared, label)
}

/** A value the column does not expect counts as missing (DMN 1.5, 8.3.2). */
function withInputValues({ inputValues: text }: InputClause, node: Node, typer: Typer, label: string): Node {
  if (text === undefined || node.kind === 'invalid') return node
  const { scope, report, locals } = typer
  const test = typeCell(new Typer(scope, report.at({ text }), node.type, locals), text, 'values')
  return amongValues(node, { type: node.type, allowed: [{ test, text }] }, label)
}

/** An output that is not one of the output values counts as missing (DMN 1.5, 8.3.3). */
function withOutputValues(
  { outputValues: text, line }: OutputClause,
  output: TypedText,
  { scope, locals, report }: Around,
  label: string,
): TypedText {
  const { node } = output
  if (text === undefined || node.kind === 'invalid' || node.type === 'null') return output
  // What is wrong with the values themselves has been said where they are ranked.
  const silent = new Reporter([], { ...report.where, line, text })
  const test = typeCell(new Typer(scope, silent, node.type, locals), text, 'values')
  return { ...output, node: amongValues(node, { type: node.type, allowed: [{ test, text }] }, label) }
}

function amongValues(node: Node, declared: Declared, name: string): Node {
  if (isScalar(node.type)) return allowedOnly(node, declared, name)
  const { type, from, to } = node
  return { kind: 'coerce', type, from, to, operand: node, declared, name }
}

function typeRule(
  table: DecisionTable,
  columns: readonly TypedColumn[],
  rule: Rule,
  number: number,
  { scope, locals, report }: Around,
): TypedRule {
  const { line, label, description } = rule
  const at = report.at({ line, rule: number })
  return {
    number,
    line,
    ...(label === undefined ? {} : { label }),
    ...(description === undefined ? {} : { description }),
    cells: rule.inputs.map((text, i) => {
      const type = columns[i]?.expression.node.type ?? 'null'
      return { text, test: typeCell(new Typer(scope, at.at({ column: i + 1, text }), type, locals), text) }
    }),
    outputs: rule.outputs.map((text, i) => {
      const place = at.at({ output: i + 1, text })
      const entry = typeEntry(new Typer(scope, place, undefined, locals), text, line)
      const declared = declaredAs(scope.types, rule.outputTypeRefs?.[i], place)
      return { ...entry, node: asDeclared(entry.node, declared, table.outputs[i]?.name ?? text) }
    }),
    annotations: rule.annotations.map((text, i) => ({ name: table.annotations[i] ?? '', text })),
  }
}

function typeCell(typer: Typer, text: string, of: 'cell' | 'values' = 'cell'): Test {
  try {
    return typeTests(typer, typer.reader.unaryTests(text), of)
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error
    const { from, to, zh, message: en } = error
    return { kind: 'invalid', problem: typer.report.error('syntax', { zh, en }, { from, to }) }
  }
}

/** An empty output entry is null. */
function typeEntry(typer: Typer, text: string, line: number): TypedText {
  const node =
    text === '' || text === '-'
      ? literal({ from: 0, to: text.length }, 'null', null)
      : typeExpression(typer, text)
  return { node, text, line }
}

function typeOutput(
  output: OutputClause,
  declared: Declared | undefined,
  entries: readonly (TypedText | undefined)[],
  around: Around,
  report: Reporter,
): TypedOutput {
  const { scope, locals } = around
  const { name, label, line, defaultOutput } = output
  const byDefault =
    defaultOutput === undefined
      ? undefined
      : typeEntry(
          new Typer(scope, report.at({ text: defaultOutput }), undefined, locals),
          defaultOutput,
          line,
        )
  let type: Type = declared === undefined || declared.type === 'Any' ? 'null' : declared.type
  for (const [i, entry] of [...entries, byDefault].entries()) {
    if (entry === undefined) continue
    const both = commonType(type, entry.node.type)
    if (both !== undefined) {
      type = both
      continue
    }
    const sentence = {
      zh: `结果应为${nameOfType(type, 'zh')}，这里是${nameOfType(entry.node.type, 'zh')}。`,
      en: `The output should be a ${nameOfType(type, 'en')}; here it is a ${nameOfType(entry.node.type, 'en')}.`,
    }
    const place = { line: entry.line, text: entry.text, ...(i < entries.length ? { rule: i + 1 } : {}) }
    // Rules may say different things where nothing is declared; what uses them is then left to the run.
    if (isScalar(type) && isScalar(entry.node.type)) report.error('type', sentence, place)
    type = 'Any'
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(label === undefined ? {} : { label }),
    type,
    priorities: priorities(output, type, around, report),
    ...(byDefault === undefined ? {} : { default: retype(byDefault, type) }),
  }
}

/** Output values, in order, as nodes; ranges and comparisons cannot be ranked and are left out. */
function priorities(
  { outputValues: text }: OutputClause,
  type: Type,
  { scope, locals }: Around,
  report: Reporter,
): Node[] {
  if (text === undefined) return []
  const typer = new Typer(scope, report.at({ text }), type, locals)
  try {
    return typer.reader
      .unaryTests(text)
      .tests.flatMap(test =>
        test.kind === 'expression' ? [withType(typer.expression(test.expression), type)] : [],
      )
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error
    typer.report.error('syntax', { zh: error.zh, en: error.message }, { from: error.from, to: error.to })
    return []
  }
}

function checkShape(
  { hitPolicy, outputs: clauses }: DecisionTable,
  outputs: readonly TypedOutput[],
  report: Reporter,
): void {
  const [first] = outputs
  if (outputs.length > 1 && clauses.some(clause => clause.name === undefined)) {
    report.error('table', {
      zh: '有多个结果列时，每列都要有名称（name）。',
      en: 'Where a table has several outputs each needs a name.',
    })
  }
  if (hitPolicy.length === 2 && outputs.length > 1) {
    report.error('table', {
      zh: `命中策略 ${hitPolicy} 只能有一个结果列。`,
      en: `The hit policy ${hitPolicy} takes one output only.`,
    })
  }
  const type = first?.type ?? 'null'
  const summable = type === 'number' || type === 'null' || !isScalar(type)
  if ((hitPolicy === 'C+' && !summable) || (/^C[<>]$/.test(hitPolicy) && !isOrdered(type))) {
    report.error('table', {
      zh: `命中策略 ${hitPolicy} 不能用于${nameOfType(type, 'zh')}结果。`,
      en: `The hit policy ${hitPolicy} does not work on a ${nameOfType(type, 'en')} output.`,
    })
  }
  const fallback = first?.default?.node.type ?? 'null'
  if (hitPolicy === 'C#' && fallback !== 'number' && fallback !== 'null' && fallback !== 'Any') {
    report.error('table', {
      zh: '命中策略 C# 得出条数，默认结果须为数值。',
      en: 'The hit policy C# gives a count; its default output must be a number.',
    })
  }
  if ((hitPolicy === 'P' || hitPolicy === 'O') && outputs.some(output => output.priorities.length === 0)) {
    report.error('table', {
      zh: `命中策略 ${hitPolicy} 要求每个结果列按优先级列出可选值。`,
      en: `The hit policy ${hitPolicy} needs output values listed by priority on each output.`,
    })
  }
}

function retype(text: TypedText, type: Type): TypedText {
  return { ...text, node: withType(text.node, type) }
}
