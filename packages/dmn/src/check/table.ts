import type { Node } from '../node/node.ts'
import type { TableBody, TypedColumn, TypedOutput, TypedRule, TypedText } from '../node/program.ts'
import type { Test } from '../node/test.ts'
import { commonType, conformsTo, isScalar, nameOfType, type Type } from '../node/type.ts'
import type { DecisionTable, InputClause, OutputClause, Rule } from '../read/model.ts'
import { FeelSyntaxError } from '../read/syntax.ts'
import { declaredAs } from './declarations.ts'
import { Typer, typeExpression } from './expression.ts'
import type { Locals } from './locals.ts'
import { isOrdered } from './operators.ts'
import type { Reporter, Scope } from './scope.ts'
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
  const outputs = table.outputs.map((output, i) =>
    typeOutput(
      output,
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
  return { body, type: typeOfTable(body) }
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
  const declared = declaredAs(scope.types, column.typeRef, report)
  if (declared === undefined || declared.type === 'Any') {
    return { label: column.label ?? text, expression: { node, text, line } }
  }
  const label = column.label ?? text
  if (node.type === 'null' || conformsTo(node.type, declared.type)) {
    return { label, expression: { node: withType(node, declared.type), text, line } }
  }
  if (isScalar(node.type) && isScalar(declared.type)) {
    report.error('type', {
      zh: `条件列声明的类型是${nameOfType(declared.type, 'zh')}，表达式得出的却是${nameOfType(node.type, 'zh')}。`,
      en: `The column is declared as ${nameOfType(declared.type, 'en')} but its expression gives ${nameOfType(node.type, 'en')}.`,
    })
    return { label, expression: { node, text, line } }
  }
  const { from, to } = node
  const coerced: Node = {
    kind: 'coerce',
    type: declared.type,
    from,
    to,
    operand: node,
    declared: { ...declared, allowed: [] },
    name: label,
  }
  return { label, expression: { node: coerced, text, line } }
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
    outputs: rule.outputs.map((text, i) =>
      typeEntry(new Typer(scope, at.at({ output: i + 1, text }), undefined, locals), text, line),
    ),
    annotations: rule.annotations.map((text, i) => ({ name: table.annotations[i] ?? '', text })),
  }
}

function typeCell(typer: Typer, text: string): Test {
  try {
    return typeTests(typer, typer.reader.unaryTests(text))
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
  const declared = declaredAs(scope.types, output.typeRef, report)?.type
  let type: Type = declared === undefined || declared === 'Any' ? 'null' : declared
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
