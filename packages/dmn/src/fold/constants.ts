import { Compiler } from '../evaluate/compiler.ts'
import { withinLimits } from '../evaluate/limits.ts'
import { newRun, Slots } from '../evaluate/run.ts'
import type { Node } from '../node/node.ts'
import { childrenOf } from '../node/walk.ts'
import type { FeelDate } from '../value/date.ts'
import type { Value } from '../value/value.ts'

/**
 * Works constant parts of a tree out beforehand, with the evaluator itself: a constant cannot differ between the
 * readings, and no database gets to fold one that raises.
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
    this.#compiler = new Compiler({ inputs: this.#slots, decisions: new Slots() }, { file })
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
    // What is too much to work out beforehand is too much for every subject.
    return withinLimits(newRun(this.#today, null, { inputs }), this.#compiler.where, evaluate)
  }

  #isLeaf(node: Node): boolean | undefined {
    switch (node.kind) {
      case 'literal':
      case 'today':
      // Bound inside what is looked at: nobody asks about it alone.
      case 'local':
        return true
      // The clock is the run's, not the day's.
      case 'built-in':
      case 'built-in value':
        return node.function === 'now' ? false : undefined
      case 'input':
        return this.#parameters.has(node.name)
      case 'decision':
      case 'item name':
      case 'knowledge':
      case 'subject':
      case 'invalid':
        return false
      default:
        return undefined
    }
  }
}
