import type { Body, TypedDecision, TypedText } from '../node/program.ts'
import { nameOfType, type Type } from '../node/type.ts'
import type { Decision, KnowledgeSource } from '../read/model.ts'
import { Typer, typeExpression } from './expression.ts'
import type { Reporter, Scope } from './scope.ts'
import { typeTable } from './table.ts'
import type { TypeNames } from './type-names.ts'
import { withType } from './typed-nodes.ts'

/** One decision, typed; everything wrong with it goes to the reporter. */
export function typeDecision(
  decision: Decision,
  scope: Scope,
  types: TypeNames,
  sources: readonly KnowledgeSource[],
  report: Reporter,
): TypedDecision {
  const { body, type } = typeLogic(decision, scope, types, report)
  const declared = declaredType(decision, types, report)
  if (declared !== undefined && type !== 'null' && declared !== type) {
    report.error('type', {
      zh: `决策声明的类型是${nameOfType(declared, 'zh')}，得出的却是${nameOfType(type, 'zh')}。请改正其一。`,
      en: `The decision is declared as ${nameOfType(declared, 'en')} but gives ${nameOfType(type, 'en')}. Correct one of them.`,
    })
  }
  const { inputs, decisions } = decision.requires
  const named = decision.requires.sources.flatMap(name => sources.filter(source => source.name === name))
  return {
    decision,
    type: type === 'null' && declared !== undefined ? declared : type,
    requires: { inputs, decisions },
    sources: named,
    body: type === 'null' && declared !== undefined ? retype(body, declared) : body,
  }
}

function typeLogic(
  { logic }: Decision,
  scope: Scope,
  types: TypeNames,
  report: Reporter,
): { body: Body; type: Type } {
  switch (logic.kind) {
    case 'expression': {
      const { text, line } = logic
      const typer = new Typer(scope, report.at({ line, text }))
      const expression: TypedText = { node: typeExpression(typer, text), text, line }
      return { body: { kind: 'expression', expression }, type: expression.node.type }
    }
    case 'table':
      return typeTable(logic, scope, types, report)
    case 'unsupported': {
      const { line, element } = logic
      const sentence =
        element === ''
          ? {
              zh: '决策没有逻辑，请添加表达式或决策表。',
              en: 'The decision has no logic; add an expression or a table.',
            }
          : {
              zh: `尚不支持 <${element}> 形式的决策逻辑，请改用表达式或决策表。`,
              en: `Logic in the form of <${element}> does not run yet; use an expression or a decision table.`,
            }
      const problem = report.error('unsupported', sentence, { line })
      return { body: { kind: 'unsupported', problem }, type: 'null' }
    }
    default: {
      const problem = report.error(
        'unsupported',
        {
          zh: `尚不支持 <${logic.kind}> 形式的决策逻辑，请改用表达式或决策表。`,
          en: `Logic in the form of <${logic.kind}> does not run yet; use an expression or a decision table.`,
        },
        { line: logic.line },
      )
      return { body: { kind: 'unsupported', problem }, type: 'null' }
    }
  }
}

function declaredType(decision: Decision, types: TypeNames, report: Reporter): Type | undefined {
  // A table with several outputs declares a structure; its columns say the same more precisely.
  const severalOutputs = decision.logic.kind === 'table' && decision.logic.outputs.length > 1
  const collects = decision.logic.kind === 'table' && /^[ROC]$/.test(decision.logic.hitPolicy)
  if (decision.typeRef === undefined || decision.typeRef === 'Any' || severalOutputs || collects)
    return undefined
  const resolved = types.resolve(decision.typeRef)
  if ('type' in resolved) return resolved.type
  report.error('type', resolved)
  return undefined
}

/** An expression that is always null takes the type the decision declares. */
function retype(body: Body, type: Type): Body {
  if (body.kind !== 'expression') return body
  return {
    kind: 'expression',
    expression: { ...body.expression, node: withType(body.expression.node, type) },
  }
}
