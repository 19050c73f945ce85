import type { Declared } from '../node/declared.ts'
import type { Body, TypedDecision, TypedText } from '../node/program.ts'
import type { Decision, KnowledgeSource } from '../read/model.ts'
import { isScalar, type Type } from '../value/type.ts'
import { typeBoxed, unsupportedSentence } from './boxed.ts'
import { asDeclared, declaredAs, reportMismatch, surelyConforms } from './declarations.ts'
import type { Required } from './elements.ts'
import { Typer, typeExpression } from './expression.ts'
import type { Reporter, Scope } from './scope.ts'
import { typeTable, withAllowedOutputs } from './table.ts'

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
  // The logic may declare a type of its own; the variable's has the last word.
  const own =
    decision.logic.kind === 'table' || decision.logic.kind === 'expression' ? decision.logic : undefined
  let brought: Brought = { type, body }
  for (const each of [declaredAs(scope.types, own?.typeRef, report), declared]) {
    if (each === undefined || each.type === 'Any') continue
    reportMismatch(type, each, report)
    brought = broughtTo(each, brought, decision.name)
  }
  return { ...typed, ...brought }
}

type Brought = Pick<TypedDecision, 'type' | 'body' | 'coerce'>

/** The logic brought to what its variable is declared to be, where it is not known to give that anyway. */
function broughtTo(declared: Declared, given: Brought, name: string): Brought {
  const { type, body, coerce = [] } = given
  if (surelyConforms(type, declared)) return given
  switch (body.kind) {
    case 'expression': {
      const { expression } = body
      const node = asDeclared(expression.node, declared, name)
      return { type: node.type, body: { kind: 'expression', expression: { ...expression, node } } }
    }
    case 'boxed': {
      const node = asDeclared(body.node, declared, name)
      return { type: node.type, body: { ...body, node } }
    }
    case 'table': {
      const [only] = body.outputs
      const single = body.outputs.length === 1 && only !== undefined && !body.hitPolicy.startsWith('C')
      if (single && isScalar(declared.type) && only.type === declared.type) {
        return { ...given, body: withAllowedOutputs(body, declared, name) }
      }
      if (type === 'null' && isScalar(declared.type)) return { type: declared.type, body }
      return { type: declared.type, body, coerce: [...coerce, declared] }
    }
    case 'unsupported':
      return { type: declared.type, body }
    default:
      return body satisfies never
  }
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
