import type { ContextNode, LocalNode, RowNode, SingleNode } from '../node/single.ts'
import { conforms } from '../value/conform.ts'
import { FeelContext } from '../value/context.ts'
import { nameOfKind } from '../value/kind.ts'
import { add, compare, divide, equal, multiply, negate, order, power, subtract } from '../value/operate.ts'
import { FeelRange, rangeOfComparison } from '../value/range.ts'
import type { Value } from '../value/value.ts'
import { compileBuiltIn, compileBuiltInValue, compileFunction, compileInvoke } from './calls.ts'
import { compileCoercion } from './coercions.ts'
import type { Compiler } from './compiler.ts'
import { Environment } from './environment.ts'
import { compileFilter, compileItemName } from './filters.ts'
import { compileFor, compileQuantified } from './iterations.ts'
import { compilePath } from './paths.ts'
import { type Evaluator, made, type Run } from './run.ts'
import { labelled } from './steps.ts'
import { compileTable } from './table.ts'
import { tracedTable } from './table-trace.ts'

/** Nodes only the evaluator runs. */
export function compileSingle(compiler: Compiler, node: SingleNode): Evaluator {
  switch (node.kind) {
    case 'constant': {
      const { value } = node
      return () => value
    }
    case 'local':
      return local(node)
    case 'item name':
      return compileItemName(compiler, node)
    case 'list': {
      const items = node.items.map(item => compiler.node(item))
      return run =>
        made(
          run,
          items.map(item => item(run)),
        )
    }
    case 'context':
      return context(compiler, node)
    case 'row':
      return row(compiler, node)
    case 'range':
      return range(compiler, node)
    case 'half range': {
      const bound = compiler.node(node.bound)
      const { operator } = node
      return run => {
        const value = bound(run)
        return value === null ? null : rangeOfComparison(operator, value)
      }
    }
    case 'path':
      return compilePath(compiler, node)
    case 'filter':
      return compileFilter(compiler, node)
    case 'for':
      return compileFor(compiler, node)
    case 'some':
    case 'every':
      return compileQuantified(compiler, node)
    case 'function':
      return compileFunction(compiler, node)
    case 'invoke':
      return compileInvoke(compiler, node)
    case 'built-in':
      return compileBuiltIn(compiler, node)
    case 'built-in value':
      return compileBuiltInValue(compiler, node)
    case 'knowledge':
      return compiler.knowledge(node.name)
    case 'operate': {
      const left = compiler.node(node.left)
      const right = compiler.node(node.right)
      const operate = OPERATE[node.operator]
      const env = new Environment(compiler.place(node))
      return run => {
        const a = left(run)
        return operate(a, right(run), env.of(run).fail)
      }
    }
    case 'dynamic negate': {
      const operand = compiler.node(node.operand)
      const env = new Environment(compiler.place(node))
      return run => negate(operand(run), env.of(run).fail)
    }
    case 'dynamic compare': {
      const left = compiler.node(node.left)
      const right = compiler.node(node.right)
      const { operator } = node
      const env = new Environment(compiler.place(node))
      return run => {
        const a = left(run)
        return compare(operator, a, right(run), env.of(run).fail)
      }
    }
    case 'dynamic between':
      return between(compiler, node)
    case 'dynamic equal': {
      const left = compiler.node(node.left)
      const right = compiler.node(node.right)
      const { negated } = node
      const env = new Environment(compiler.place(node))
      return run => {
        const a = left(run)
        const same = equal(a, right(run), env.of(run).fail)
        return same === null ? null : same !== negated
      }
    }
    case 'dynamic and':
    case 'dynamic or':
      return logic(compiler, node)
    case 'choose': {
      const condition = truth(compiler, node.condition)
      const whenTrue = compiler.node(node.whenTrue)
      const otherwise = compiler.node(node.otherwise)
      return run => (condition(run) === true ? whenTrue(run) : otherwise(run))
    }
    case 'instance of': {
      const operand = compiler.node(node.operand)
      const { of } = node
      return run => {
        const value = operand(run)
        return value === null ? of === 'null' : of !== 'null' && conforms(value, of)
      }
    }
    case 'coerce': {
      const operand = compiler.node(node.operand)
      const coerce = compileCoercion(compiler, node.declared, compiler.place(node), node.name)
      return run => coerce(operand(run), run)
    }
    case 'table': {
      if (compiler.shared.tracing === true) return tracedTable(compiler, node.table)
      const table = compileTable(compiler, node.table)
      return run => table.evaluate(run).value
    }
    case 'text':
      return compiler.at({ text: node.text, line: node.line }).node(node.expression)
    default:
      return node satisfies never
  }
}

const OPERATE = { '+': add, '-': subtract, '*': multiply, '/': divide, '**': power }

function local({ depth, index }: LocalNode): Evaluator {
  if (depth === 0) return run => run.frame?.values[index] ?? null
  if (depth === 1) return run => run.frame?.outer?.values[index] ?? null
  return run => {
    let { frame } = run
    for (let i = 0; i < depth && frame; i++) frame = frame.outer
    return frame?.values[index] ?? null
  }
}

function context(compiler: Compiler, node: ContextNode): Evaluator {
  const entries = namedEntries(compiler, node.entries)
  const result = node.result && compiler.node(node.result)
  return run => {
    const outer = run.frame
    const values: Value[] = []
    run.frame = { values, outer }
    for (const { value } of entries) values.push(value(run))
    const given = result?.(run)
    run.frame = outer
    if (result) return given ?? null
    return made(run, new FeelContext(new Map(entries.map((each, i) => [each.name, values[i] ?? null]))))
  }
}

function namedEntries(
  compiler: Compiler,
  entries: ContextNode['entries'],
): readonly { readonly name: string; readonly value: Evaluator }[] {
  return entries.map(({ name, value }) => {
    const evaluate = compiler.node(value)
    return { name, value: compiler.shared.tracing === true ? labelled(evaluate, name) : evaluate }
  })
}

function row(compiler: Compiler, node: RowNode): Evaluator {
  const entries = namedEntries(compiler, node.entries)
  return run => made(run, new FeelContext(new Map(entries.map(({ name, value }) => [name, value(run)]))))
}

const DESCENDING = {
  zh: '区间的起点大于终点，结果按空值处理。请把较小的一端写在前面。',
  en: 'The range starts after its end; the result is null. Write the lower end first.',
}

/**
 * Ends of different kinds, or the greater before the lesser, make no range (DMN 1.5, 10.3.2.7); an end that is missing
 * makes one that nothing can be told of.
 */
function range(compiler: Compiler, node: Extract<SingleNode, { kind: 'range' }>): Evaluator {
  const low = compiler.node(node.low)
  const high = compiler.node(node.high)
  const { lowClosed, highClosed } = node
  const env = new Environment(compiler.place(node))
  return run => {
    const from = low(run)
    const to = high(run)
    if (from !== null && to !== null) {
      const at = order(from, to, env.of(run).fail, '..')
      if (at === null) return null
      if (at > 0) return env.fail('argument', DESCENDING)
    }
    return new FeelRange(from, to, lowClosed, highClosed)
  }
}

function between(compiler: Compiler, node: Extract<SingleNode, { kind: 'dynamic between' }>): Evaluator {
  const operand = compiler.node(node.operand)
  const low = compiler.node(node.low)
  const high = compiler.node(node.high)
  const env = new Environment(compiler.place(node))
  return run => {
    const value = operand(run)
    const above = compare('>=', value, low(run), env.of(run).fail)
    const below = compare('<=', value, high(run), env.of(run).fail)
    if (above === false || below === false) return false
    return above === null || below === null ? null : true
  }
}

/** A value as a truth: what is neither true nor false is null, with a message unless it was null. */
function truth(
  compiler: Compiler,
  node: SingleNode | Parameters<Compiler['node']>[0],
): (run: Run) => boolean | null {
  const of = compiler.node(node)
  const env = new Environment(compiler.place(node))
  return run => {
    const value = of(run)
    if (typeof value === 'boolean' || value === null) return value
    return env.of(run).fail('type', {
      zh: `这里应得是否，得到的是${nameOfKind(value, 'zh')}，按空值处理。`,
      en: `True or false is wanted here, not a ${nameOfKind(value, 'en')}; it is taken as null.`,
    })
  }
}

function logic(
  compiler: Compiler,
  node: Extract<SingleNode, { kind: 'dynamic and' | 'dynamic or' }>,
): Evaluator {
  const left = truth(compiler, node.left)
  const right = truth(compiler, node.right)
  const decisive = node.kind === 'dynamic or'
  const { tracing = false } = compiler.shared
  return run => {
    const a = left(run)
    if (a === decisive && !tracing) return decisive
    const b = right(run)
    if (a === decisive) return decisive
    if (b === decisive) return decisive
    return a === null || b === null ? null : !decisive
  }
}
