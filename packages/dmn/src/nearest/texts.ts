import type { Node } from '../node/node.ts'
import type { TypedDecision, TypedInput } from '../node/program.ts'
import type { Test } from '../node/test.ts'
import { nodesOfTest, walk } from '../node/walk.ts'
import { bodyNodes } from './body-nodes.ts'
import type { Ground } from './ground.ts'

/** Texts a rule may compare an input with; a list of towns is long, a list of everything is no list. */
const TEXTS_MAX = 500
/** Any text but those that are named. */
const OTHER = '…'

export interface Texts {
  /** In the order the model names them. */
  readonly named: readonly string[]
  /** Stands for all that are not named; absent where the allowed values are a list. */
  readonly other?: string
}

/** The texts it makes a difference to have: those the type allows, or those the input is compared with. */
export function textsFor(ground: Ground, input: TypedInput): Texts {
  const allowed = input.allowed.flatMap(({ test }) => nodesOfTest(test).flatMap(textOf))
  const isList = input.allowed.some(({ test }) => isListOfValues(test))
  if (isList) return { named: unique(allowed) }
  const named = unique([...allowed, ...comparedWith(ground, input.data.name)])
  return named.includes(OTHER) ? { named } : { named, other: OTHER }
}

function isListOfValues(test: Test): boolean {
  return test.kind === 'equals' || (test.kind === 'one of' && test.tests.every(isListOfValues))
}

function comparedWith(ground: Ground, input: string): string[] {
  const dependence = ground.dependenceOn(input)
  return ground.chain.decisions
    .filter(({ typed }) => dependence.decisions.has(typed.decision.name))
    .flatMap(({ typed }) => textsIn(typed, node => dependence.of(node)))
}

function textsIn({ body }: TypedDecision, depends: (node: Node) => boolean): string[] {
  const inCells =
    body.kind === 'table'
      ? body.columns.flatMap(({ expression: { node } }, c) =>
          depends(node)
            ? body.rules.flatMap(rule =>
                nodesOfTest(rule.cells[c]?.test ?? ANY).flatMap(each => [...walk(each)]),
              )
            : [],
        )
      : []
  // Inside conditions everything that stands there may be what the input is compared with.
  const inConditions = bodyNodes(body)
    .flatMap(node => [...walk(node)])
    .filter(node => COMPARING.has(node.kind) && depends(node))
    .flatMap(node => [...walk(node)])
  return [...inCells, ...inConditions].flatMap(textOf)
}

const ANY: Test = { kind: 'any' }
const COMPARING = new Set<Node['kind']>(['equal', 'compare', 'in', 'call', 'built-in', 'dynamic equal'])

function textOf(node: Node): string[] {
  return node.kind === 'literal' && typeof node.value === 'string' ? [node.value] : []
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].slice(0, TEXTS_MAX)
}
