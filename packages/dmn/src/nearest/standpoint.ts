import type { Run } from '../evaluate/run.ts'
import type { Node } from '../node/node.ts'
import type { TypedDecision } from '../node/program.ts'
import type { Test } from '../node/test.ts'
import type { Decimal } from '../value/number.ts'
import { Decimal as Exact } from '../value/number.ts'
import type { Value } from '../value/value.ts'
import { follow } from './follow.ts'
import { followTable, type OpenRule, openRules } from './follow-table.ts'
import { followTest } from './follow-test.ts'
import { type Germ, type Measure, moving, still, valueAt, valueHere } from './germ.ts'
import type { Ground } from './ground.ts'
import { Horizon } from './horizon.ts'
import type { Place } from './place.ts'

/** All inputs but one hold still; from here one can look along that one, upwards or downwards. */
export class Standpoint {
  readonly ground: Ground
  readonly input: string
  readonly kind: Measure
  readonly base: Run
  readonly thorough: boolean
  readonly #steady = new Map<Node, Value>()
  readonly #rules = new Map<string, readonly OpenRule[]>()

  /** @param run  inputs as read; what the moving one holds does not matter */
  constructor(ground: Ground, input: string, kind: Measure, run: Run, thorough = false) {
    this.ground = ground
    this.input = input
    this.kind = kind
    this.thorough = thorough
    this.base = ground.settle(run, input, null)
  }

  /** The decision just beyond a value of the input, and how far on the first comparison turns. */
  look(from: Decimal, direction: 1 | -1, goal: Decimal | null): View {
    const horizon = new Horizon()
    const germs = new Map<string, Germ>()
    const at = new At(this, from, direction, horizon, germs)
    for (const { typed } of this.ground.chain.decisions) {
      germs.set(typed.decision.name, this.#decision(typed, at.within(typed)))
    }
    const germ = germs.get(this.ground.decision) ?? still(null)
    if (goal !== null) horizon.order(germ, still(goal))
    if (!germ.sure) horizon.blur()
    return { germ, next: horizon.next, exact: horizon.exact }
  }

  steady(node: Node, typed: TypedDecision): Value {
    const known = this.#steady.get(node)
    if (known !== undefined) return known
    const value = this.ground.valueOf(node, typed, this.base)
    this.#steady.set(node, value)
    return value
  }

  #decision(typed: TypedDecision, place: At): Germ {
    const { body, coerce, decision } = typed
    const { chain, dependence } = { chain: this.ground.chain, dependence: place.dependence }
    if (!dependence.decisions.has(decision.name)) {
      return still(this.base.decisions[chain.decisionSlots.of(decision.name)] ?? null)
    }
    const germ = this.#body(body, typed, place)
    return coerce === undefined || !germ.sure ? germ : { ...germ, sure: false }
  }

  #body(body: TypedDecision['body'], { decision: { name } }: TypedDecision, place: At): Germ {
    switch (body.kind) {
      case 'expression':
        return place.follow(body.expression.node)
      case 'table': {
        const rules = this.#rules.get(name) ?? openRules(body, place, test => place.dependence.ofTest(test))
        this.#rules.set(name, rules)
        return followTable(body, rules, place)
      }
      case 'boxed':
        return place.follow(body.node)
      case 'unsupported':
        return still(null)
      default:
        return body satisfies never
    }
  }
}

export interface View {
  readonly germ: Germ
  readonly next: Decimal | null
  readonly exact: boolean
}

class At implements Place {
  readonly standpoint: Standpoint
  readonly from: Decimal
  readonly direction: 1 | -1
  readonly horizon: Horizon
  readonly germs: Map<string, Germ>
  readonly subject: Germ
  readonly typed: TypedDecision | undefined
  readonly #point: { run?: Run }

  constructor(
    standpoint: Standpoint,
    from: Decimal,
    direction: 1 | -1,
    horizon: Horizon,
    germs: Map<string, Germ>,
    more: { subject?: Germ; typed?: TypedDecision; point?: { run?: Run } } = {},
  ) {
    this.standpoint = standpoint
    this.from = from
    this.direction = direction
    this.horizon = horizon
    this.germs = germs
    this.subject = more.subject ?? still(null)
    this.typed = more.typed
    this.#point = more.point ?? {}
  }

  get dependence() {
    return this.standpoint.ground.dependenceOn(this.standpoint.input)
  }

  get thorough(): boolean {
    return this.standpoint.thorough
  }

  within(typed: TypedDecision): At {
    return new At(this.standpoint, this.from, this.direction, this.horizon, this.germs, {
      typed,
      point: this.#point,
    })
  }

  about(subject: Germ): At {
    const { typed } = this
    return new At(this.standpoint, this.from, this.direction, this.horizon, this.germs, {
      subject,
      point: this.#point,
      ...(typed === undefined ? {} : { typed }),
    })
  }

  input(name: string): Germ {
    const { ground, input, kind, base } = this.standpoint
    if (name === input) return moving(kind, this.from, new Exact(this.direction), true)
    return still(base.inputs[ground.chain.inputSlots.of(name)] ?? null)
  }

  decision(name: string): Germ {
    return this.germs.get(name) ?? still(null)
  }

  follow(node: Node): Germ {
    return follow(node, this)
  }

  test(test: Test): boolean | null {
    return followTest(test, this)
  }

  depends(node: Node): boolean {
    return this.dependence.of(node)
  }

  steady(node: Node): Value {
    return this.typed === undefined ? null : this.standpoint.steady(node, this.typed)
  }

  here(node: Node): Value {
    const { ground, base, input, kind } = this.standpoint
    if (this.typed === undefined) return null
    this.#point.run ??= ground.settle(base, input, valueAt(kind, this.from))
    const { run } = this.#point
    run.subject = valueHere(this.subject)
    const value = ground.valueOf(node, this.typed, run)
    run.subject = null
    return value
  }
}
