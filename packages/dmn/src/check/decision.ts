import type { Declared } from '../node/declared.ts'
import type { Body, TypedDecision, TypedText } from '../node/program.ts'
import { conformsTo, isScalar, type Type } from '../node/type.ts'
import type { Decision, KnowledgeSource } from '../read/model.ts'
import { typeBoxed, unsupportedSentence } from './boxed.ts'
import { declaredAs, reportMismatch, surelyConforms } from './declarations.ts'
import type { Required } from './elements.ts'
import { Typer, typeExpression } from './expression.ts'
import type { Reporter, Scope } from './scope.ts'
import { typeTable } from './table.ts'
import { withType } from './typed-nodes.ts'

/** One decision, typed; everything wrong with it goes to the reporter. */
export function typeDecision(
  decision: Decision,
  file: string,
  scope: Scope,
  required: Required,
  sources: readonly KnowledgeSource[],
  report: Reporter,
): TypedDecision {
  const { body, type } = typeLogic(decision, scope, report)
  const declared = declaredAs(scope.types, decision.typeRef, report)
  const named = decision.requires.sources.flatMap(name => sources.filter(source => source.name === name))
  const typed = {
    decision,
    file,
    requires: { inputs: required.inputs, decisions: required.decisions },
    sources: named,
    ...(declared === undefined ? {} : { declared }),
  }
  if (declared === undefined || declared.type === 'Any') return { ...typed, type, body }
  reportMismatch(type, declared, report)
  if (type === 'null' && isScalar(declared.type)) {
    return { ...typed, type: declared.type, body: retype(body, declared.type) }
  }
  if (staysAsItIs(type, body, declared)) return { ...typed, type, body }
  return { ...typed, type: declared.type, body, coerce: declared }
}

/** A table's columns say what its outputs are more precisely than the structure the decision declares. */
function staysAsItIs(type: Type, body: Body, declared: Declared): boolean {
  if (surelyConforms(type, declared)) return true
  return body.kind === 'table' && body.outputs.length > 1 && conformsTo(type, declared.type)
}

function typeLogic({ logic }: Decision, scope: Scope, report: Reporter): { body: Body; type: Type } {
  switch (logic.kind) {
    case 'expression': {
      const { text, line } = logic
      const typer = new Typer(scope, report.at({ line, text }))
      const expression: TypedText = { node: typeExpression(typer, text), text, line }
      return { body: { kind: 'expression', expression }, type: expression.node.type }
    }
    case 'table':
      return typeTable(logic, scope, report)
    case 'unsupported': {
      const { line, element } = logic
      const problem = report.error('unsupported', unsupportedSentence(element), { line })
      return { body: { kind: 'unsupported', problem }, type: 'null' }
    }
    default: {
      const { kind: element, line } = logic
      const node = typeBoxed(new Typer(scope, report.at({ line })), logic)
      return { body: { kind: 'boxed', element, node, line }, type: node.type }
    }
  }
}

/** An expression that is always null takes the type the decision declares. */
function retype(body: Body, type: Type): Body {
  if (body.kind !== 'expression') return body
  return {
    kind: 'expression',
    expression: { ...body.expression, node: withType(body.expression.node, type) },
  }
}
