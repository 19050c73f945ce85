import type { Node } from '../node/node.ts'
import type { Body, TableBody, TypedDecision, TypedInput } from '../node/program.ts'
import type { Test } from '../node/test.ts'
import type { Reporter } from './scope.ts'

/**
 * Conditions with `?` about a value the model itself says may be missing, in a column in which no rule speaks of null.
 * Such a condition is neither met nor failed then, and the rules that follow decide.
 */
export function checkMissing(
  body: TableBody,
  inputs: ReadonlyMap<string, TypedInput>,
  decisions: ReadonlyMap<string, TypedDecision>,
  report: Reporter,
): void {
  for (const [c, { expression, label }] of body.columns.entries()) {
    const { node } = expression
    if (!mayBeMissing(node, inputs, decisions)) continue
    if (body.rules.some(({ cells }) => speaksOfNull(cells[c]?.test))) continue
    const rule = body.rules.find(({ cells }) => isCondition(cells[c]?.test))
    const text = rule?.cells[c]?.text
    if (rule === undefined || text === undefined) continue
    report.warn(
      'missing',
      {
        zh: `“${label}”可能缺失（例如 ${label} = null），而条件“${text}”没有说明届时怎样：它既不算满足也不算不满足，由后面的规则决定。请加一条规则写 null，或在条件里写明 ? = null。`,
        en: `"${label}" may be missing (${label} = null for one), and "${text}" does not say what holds then: it is neither met nor failed, and later rules decide. Add a rule for null, or say ? = null in the condition.`,
      },
      { rule: rule.number, column: c + 1, line: rule.line, text },
    )
  }
}

/** An input whose allowed values name null, or a decision with a branch or rule that gives null. */
function mayBeMissing(
  node: Node,
  inputs: ReadonlyMap<string, TypedInput>,
  decisions: ReadonlyMap<string, TypedDecision>,
): boolean {
  if (node.kind === 'input') {
    return inputs.get(node.name)?.allowed.some(({ test }) => speaksOfNull(test)) === true
  }
  if (node.kind !== 'decision') return false
  const body = decisions.get(node.name)?.body
  return body !== undefined && givesNull(body)
}

function givesNull(body: Body): boolean {
  if (body.kind === 'expression') return isNullBranch(body.expression.node)
  if (body.kind !== 'table' || body.outputs.length !== 1) return false
  return body.rules.some(({ outputs: [output] }) => output !== undefined && isNull(output.node))
}

function isNullBranch(node: Node): boolean {
  if (isNull(node)) return true
  if (node.kind !== 'if' || node.refusal !== undefined) return false
  return isNullBranch(node.whenTrue) || isNullBranch(node.otherwise)
}

function isNull(node: Node): boolean {
  return node.kind === 'literal' && node.value === null
}

function isCondition(test: Test | undefined): boolean {
  if (test?.kind === 'one of') return test.tests.some(isCondition)
  if (test?.kind === 'not') return isCondition(test.test)
  return test?.kind === 'condition' && !test.speaksOfNull
}

function speaksOfNull(test: Test | undefined): boolean {
  switch (test?.kind) {
    case 'is null':
      return true
    case 'condition':
      return test.speaksOfNull
    case 'one of':
      return test.tests.some(speaksOfNull)
    case 'not':
      return speaksOfNull(test.test)
    default:
      return false
  }
}
