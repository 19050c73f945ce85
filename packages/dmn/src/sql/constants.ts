import { Compiler } from '../evaluate/compiler.ts'
import { newRun, Slots } from '../evaluate/run.ts'
import type { Node } from '../node/node.ts'
import { childrenOf } from '../node/walk.ts'
import type { FeelDate } from '../value/date.ts'
import type { Value } from '../value/value.ts'

/**
 * Works constant parts of a tree out beforehand, with the evaluator itself: a constant cannot differ between the two
 * readings, and PostgreSQL never gets to fold one that raises.
 */
export class Constants {
  readonly #parameters: ReadonlyMap<string, Value>
  readonly #known = new WeakMap<Node, boolean>()
  readonly #compiler: Compiler
  readonly #slots = new Slots()
  readonly #today: FeelDate | null

  constructor(parameters: ReadonlyMap<string, Value>, today: FeelDate | null, file: string) {
    this.#parameters = parameters
    this.#today = today
    this.#compiler = new Compiler(this.#slots, new Slots(), { file })
  }

  isConstant(node: Node): boolean {
    const known = this.#known.get(node)
    if (known !== undefined) return known
    const constant = this.#isLeaf(node) ?? childrenOf(node).every(child => this.isConstant(child))
    this.#known.set(node, constant)
    return constant
  }

  valueOf(node: Node): Value {
    const evaluate = this.#compiler.node(node)
    const inputs = this.#slots.names.map(name => this.#parameters.get(name) ?? null)
    return evaluate(newRun(this.#today, null, { inputs }))
  }

  #isLeaf(node: Node): boolean | undefined {
    switch (node.kind) {
      case 'literal':
      case 'today':
        return true
      case 'input':
        return this.#parameters.has(node.name)
      case 'decision':
      case 'local':
      case 'item name':
      case 'knowledge':
      case 'now':
      case 'subject':
      case 'invalid':
        return false
      default:
        return undefined
    }
  }
}
