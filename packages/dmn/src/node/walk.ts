import type { Node } from './node.ts'
import type { TableBody } from './program.ts'
import { isSingle, type SingleNode } from './single.ts'
import type { Test } from './test.ts'

/** The nodes directly inside a node, those of a test included. */
export function childrenOf(node: Node): readonly Node[] {
  if (isSingle(node)) return childrenOfSingle(node)
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

function childrenOfSingle(node: SingleNode): readonly Node[] {
  switch (node.kind) {
    case 'constant':
    case 'local':
    case 'knowledge':
    case 'built-in value':
      return []
    case 'item name':
      return [node.item, node.otherwise]
    case 'list':
      return node.items
    case 'context':
      return [...node.entries.map(entry => entry.value), ...present(node.result)]
    case 'row':
      return node.entries.map(entry => entry.value)
    case 'range':
      return [node.low, node.high]
    case 'half range':
      return [node.bound]
    case 'path':
      return [node.of]
    case 'filter':
      return [node.of, node.condition]
    case 'for':
      return [...node.iterators.flatMap(each => [each.of, ...present(each.to)]), node.result]
    case 'some':
    case 'every':
      return [...node.iterators.flatMap(each => [each.of, ...present(each.to)]), node.condition]
    case 'function':
      return [node.body]
    case 'invoke':
      return [node.function, ...node.args]
    case 'built-in':
      return node.args
    case 'operate':
    case 'dynamic compare':
    case 'dynamic equal':
    case 'dynamic and':
    case 'dynamic or':
      return [node.left, node.right]
    case 'dynamic negate':
    case 'instance of':
    case 'coerce':
      return [node.operand]
    case 'dynamic between':
      return [node.operand, node.low, node.high]
    case 'choose':
      return [node.condition, node.whenTrue, node.otherwise]
    case 'text':
      return [node.expression]
    case 'table':
      return nodesOfTable(node.table)
    default:
      return node satisfies never
  }
}

function present(node: Node | undefined): readonly Node[] {
  return node === undefined ? [] : [node]
}

function nodesOfTable({ columns, rules, outputs }: TableBody): readonly Node[] {
  return [
    ...columns.map(column => column.expression.node),
    ...rules.flatMap(rule => [
      ...rule.cells.flatMap(cell => nodesOfTest(cell.test)),
      ...rule.outputs.map(output => output.node),
    ]),
    ...outputs.flatMap(output => [...output.priorities, ...present(output.default?.node)]),
  ]
}

export function nodesOfTest(test: Test): readonly Node[] {
  switch (test.kind) {
    case 'any':
    case 'is null':
    case 'invalid':
      return []
    case 'equals':
    case 'contained':
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
