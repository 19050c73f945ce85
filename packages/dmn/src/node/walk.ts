import type { Node } from './node.ts'
import type { Test } from './test.ts'

/** The nodes directly inside a node, those of a test included. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'literal':
    case 'input':
    case 'decision':
    case 'subject':
    case 'today':
    case 'invalid':
      return []
    case 'field':
    case 'date part':
    case 'duration part':
      return [node.of]
    case 'negate':
    case 'not':
      return [node.operand]
    case 'round':
      return [node.operand, node.places]
    case 'arithmetic':
    case 'duration':
    case 'date difference':
    case 'concatenate':
    case 'compare':
    case 'equal':
    case 'and':
    case 'or':
      return [node.left, node.right]
    case 'shift':
      return [node.date, node.by]
    case 'if':
      return [node.condition, node.whenTrue, node.otherwise]
    case 'between':
      return [node.operand, node.low, node.high]
    case 'in':
      return [node.operand, ...nodesOfTest(node.test)]
    case 'call':
      return node.args
    default:
      return node satisfies never
  }
}

function nodesOfTest(test: Test): readonly Node[] {
  switch (test.kind) {
    case 'any':
    case 'is null':
    case 'invalid':
      return []
    case 'equals':
      return [test.value]
    case 'compare':
      return [test.bound]
    case 'range':
      return [test.low, test.high]
    case 'condition':
      return [test.condition]
    case 'one of':
      return test.tests.flatMap(nodesOfTest)
    case 'not':
      return nodesOfTest(test.test)
    default:
      return test satisfies never
  }
}

/** Node first, then what is inside it. */
export function* walk(node: Node): Generator<Node> {
  yield node
  for (const child of childrenOf(node)) yield* walk(child)
}
