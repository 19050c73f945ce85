import type { Node } from '../node/node.ts'
import type { TypedDecision } from '../node/program.ts'
import { nodesOfTest } from '../node/walk.ts'

/** The expressions of a decision, those of its cells and outputs included. */
export function bodyNodes(body: TypedDecision['body']): readonly Node[] {
  switch (body.kind) {
    case 'expression':
      return [body.expression.node]
    case 'boxed':
      return [body.node]
    case 'table':
      return [
        ...body.columns.map(({ expression }) => expression.node),
        ...body.rules.flatMap(({ cells, outputs }) => [
          ...cells.flatMap(({ test }) => nodesOfTest(test)),
          ...outputs.map(({ node }) => node),
        ]),
      ]
    case 'unsupported':
      return []
    default:
      return body satisfies never
  }
}
