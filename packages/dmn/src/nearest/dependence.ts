import type { Node } from '../node/node.ts'
import type { Program } from '../node/program.ts'
import type { Test } from '../node/test.ts'
import { childrenOf, nodesOfTest } from '../node/walk.ts'

/** What can change when one input does. */
export class Dependence {
  readonly input: string
  readonly decisions: ReadonlySet<string>
  readonly #nodes = new Map<Node, boolean>()
  readonly #tests = new Map<Test, boolean>()

  constructor(program: Program, input: string) {
    this.input = input
    const decisions = new Set<string>()
    // Each decision stands after those it requires.
    for (const [name, { requires }] of program.decisions) {
      if (requires.inputs.includes(input) || requires.decisions.some(each => decisions.has(each))) {
        decisions.add(name)
      }
    }
    this.decisions = decisions
  }

  of(node: Node): boolean {
    const known = this.#nodes.get(node)
    if (known !== undefined) return known
    const depends = this.#find(node)
    this.#nodes.set(node, depends)
    return depends
  }

  ofTest(test: Test): boolean {
    const known = this.#tests.get(test)
    if (known !== undefined) return known
    const depends = nodesOfTest(test).some(node => this.of(node))
    this.#tests.set(test, depends)
    return depends
  }

  #find(node: Node): boolean {
    if (node.kind === 'input') return node.name === this.input
    if (node.kind === 'decision') return this.decisions.has(node.name)
    // What `?` stands for is known where the test is.
    if (node.kind === 'subject') return true
    return childrenOf(node).some(each => this.of(each))
  }
}
