import type { FilterNode, ItemNameNode } from '../node/single.ts'
import { FeelContext } from '../value/context.ts'
import { nameOfKind } from '../value/kind.ts'
import { Decimal } from '../value/number.ts'
import { isList, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { Environment } from './environment.ts'
import { type Evaluator, type Run, spend } from './run.ts'

/** `list[condition]` keeps items, `list[n]` takes one, from the end where n is negative (DMN 1.5, 10.3.2.5). */
export function compileFilter(compiler: Compiler, node: FilterNode): Evaluator {
  const of = compiler.node(node.of)
  const condition = compiler.node(node.condition)
  const env = new Environment(compiler.place(node.condition))
  const about = (run: Run, item: Value): Value => {
    const outer = run.frame
    run.frame = { values: [item], outer }
    const result = condition(run)
    run.frame = outer
    return result
  }
  return run => {
    const value = of(run)
    if (value === null) return null
    // What is no list is a list of one.
    const items = isList(value) ? value : [value]
    spend(run, items.length)
    const [first = null] = items
    const firstResult = about(run, first)
    if (firstResult instanceof Decimal) return itemAt(items, firstResult, env.of(run))
    const kept: Value[] = []
    for (const [i, item] of items.entries()) {
      const holds = i === 0 ? firstResult : about(run, item)
      if (holds === true) kept.push(item)
      else if (holds !== false && holds !== null) return notACondition(holds, env.of(run))
    }
    return kept
  }
}

function itemAt(items: readonly Value[], position: Decimal, env: Environment): Value {
  const at = position.toNumber()
  const found = Number.isInteger(at) && at !== 0 ? items.at(at > 0 ? at - 1 : at) : undefined
  if (found !== undefined && Math.abs(at) <= items.length) return found
  return env.fail('argument', {
    zh: `列表有 ${items.length} 项，没有第 ${position.toString()} 项，结果按空值处理。`,
    en: `The list has ${items.length} items and none at ${position.toString()}; the result is null.`,
  })
}

function notACondition(value: Value, env: Environment): null {
  return env.fail('type', {
    zh: `方括号里应得是否或序号，得到的是${nameOfKind(value, 'zh')}，结果按空值处理。`,
    en: `In brackets stands a condition or a position, not a ${nameOfKind(value, 'en')}; the result is null.`,
  })
}

/** A name in a filter that is an entry of the item, if the item has one. */
export function compileItemName(compiler: Compiler, node: ItemNameNode): Evaluator {
  const item = compiler.node(node.item)
  const otherwise = compiler.node(node.otherwise)
  const { name } = node
  return run => {
    const value = item(run)
    const entry = value instanceof FeelContext ? value.fields.get(name) : undefined
    return entry === undefined ? otherwise(run) : entry
  }
}
