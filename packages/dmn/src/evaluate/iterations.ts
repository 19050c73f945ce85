import type { Node } from '../node/node.ts'
import type { ForNode, Iterator, QuantifiedNode } from '../node/single.ts'
import { walk } from '../node/walk.ts'
import { FeelDate } from '../value/date.ts'
import { nameOfKind } from '../value/kind.ts'
import { Decimal } from '../value/number.ts'
import { FeelRange } from '../value/range.ts'
import { sizeOf } from '../value/size.ts'
import { compareValues, isList, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { Environment } from './environment.ts'
import { type Evaluator, type Frame, type Run, spend } from './run.ts'

/** Longest list one loop may give. */
const RESULTS_MAX = 1_000_000

interface CompiledIterator {
  /** Null, with a message, where there is nothing to go through. */
  readonly values: (run: Run) => Iterable<Value> | null
}

export function compileFor(compiler: Compiler, node: ForNode): Evaluator {
  const iterators = node.iterators.map(each => compileIterator(compiler, each))
  const result = compiler.node(node.result)
  const seesPartial = usesPartial(node.result)
  const env = new Environment(compiler.place(node))
  return run => {
    const results: Value[] = []
    const done = iterate(run, iterators, frame => {
      frame.values.push(seesPartial ? [...results] : null)
      if (seesPartial) spend(run, results.length)
      const value = result(run)
      // The place in the list is paid for; what is written there may be a list itself, `partial` for one.
      spend(run, sizeOf(value) - 1)
      results.push(value)
      return results.length <= RESULTS_MAX
    })
    if (results.length > RESULTS_MAX) {
      return env.of(run).fail('limit', {
        zh: `循环得出的列表超过 ${RESULTS_MAX} 项，结果按空值处理。`,
        en: `The loop gives a list of more than ${RESULTS_MAX} items; the result is null.`,
      })
    }
    return done ? results : null
  }
}

export function compileQuantified(compiler: Compiler, node: QuantifiedNode): Evaluator {
  const iterators = node.iterators.map(each => compileIterator(compiler, each))
  const condition = compiler.node(node.condition)
  const decisive = node.kind === 'some'
  const env = new Environment(compiler.place(node.condition))
  return run => {
    let result: boolean | null = !decisive
    const done = iterate(run, iterators, () => {
      const holds = condition(run)
      if (holds === decisive) {
        result = decisive
        return false
      }
      if (typeof holds === 'boolean') return true
      result = null
      // What is neither true nor false cannot be outvoted (FEEL's own tests, 1153 and 1154).
      if (holds !== null) notACondition(env.of(run), holds)
      return holds === null
    })
    return done ? result : null
  }
}

function notACondition(env: Environment, value: Value): void {
  env.fail('type', {
    zh: `条件应得是否，得到的是${nameOfKind(value, 'zh')}，结果按空值处理。`,
    en: `A condition gives true or false, not a ${nameOfKind(value, 'en')}; the result is null.`,
  })
}

/**
 * Goes through all combinations, the first iterator slowest, each with a frame of its own: a function made inside
 * keeps the values it was made with.
 *
 * @param visit  false stops
 * @returns false where one of the iterators has nothing to go through
 */
function iterate(
  run: Run,
  iterators: readonly CompiledIterator[],
  visit: (frame: Frame) => boolean,
): boolean {
  const outer = run.frame
  let stopped = false
  const level = (at: number, bound: readonly Value[]): boolean => {
    const iterator = iterators[at]
    if (iterator === undefined) {
      spend(run, 1)
      const frame: Frame = { values: [...bound], outer }
      run.frame = frame
      stopped = !visit(frame)
      return true
    }
    run.frame = { values: [...bound], outer }
    const values = iterator.values(run)
    if (values === null) return false
    for (const value of values) {
      spend(run, 1)
      if (!level(at + 1, [...bound, value])) return false
      if (stopped) return true
    }
    return true
  }
  const done = level(0, [])
  run.frame = outer
  return done
}

function compileIterator(compiler: Compiler, { of, to }: Iterator): CompiledIterator {
  const from = compiler.node(of)
  const upTo = to && compiler.node(to)
  const env = new Environment(compiler.place(of))
  return {
    values(run) {
      const value = from(run)
      if (upTo !== undefined) return steps(value, upTo(run), true, true, env.of(run))
      if (isList(value)) return value
      if (value instanceof FeelRange) {
        const { low, high, lowClosed, highClosed, operator } = value
        if (operator !== null) return endless(env.of(run))
        // Unlike `2..1`, which counts down, a range whose start lies after its end is none.
        if ((compareValues(low, high) ?? 0) > 0) return backwards(env.of(run))
        return steps(low, high, lowClosed, highClosed, env.of(run))
      }
      return value === null ? null : [value]
    },
  }
}

function backwards(env: Environment): null {
  return env.fail('argument', {
    zh: '区间的起点在终点之后，结果按空值处理。倒数请写 2..1，不加括号。',
    en: 'The range starts after its end; the result is null. To count down write 2..1, without brackets.',
  })
}

function endless(env: Environment): null {
  return env.fail('argument', {
    zh: '不能遍历一端开放的区间，结果按空值处理。',
    en: 'A range open at one end cannot be gone through; the result is null.',
  })
}

/** Whole numbers or days from one end to the other, downwards where the first is the greater. */
function steps(
  low: Value,
  high: Value,
  lowClosed: boolean,
  highClosed: boolean,
  env: Environment,
): Iterable<Value> | null {
  if (low === null || high === null) return null
  if (low instanceof Decimal && high instanceof Decimal && low.isInteger() && high.isInteger()) {
    return counted(low, high, lowClosed, highClosed)
  }
  if (low instanceof FeelDate && high instanceof FeelDate) {
    return days(low.epochDay, high.epochDay, lowClosed, highClosed)
  }
  return env.fail('argument', {
    zh: `只能遍历整数或日期的区间，得到的是${nameOfKind(low, 'zh')}与${nameOfKind(high, 'zh')}，结果按空值处理。`,
    en: `Only ranges of whole numbers or dates can be gone through, not ${nameOfKind(low, 'en')} to ${nameOfKind(high, 'en')}; the result is null.`,
  })
}

function* counted(low: Decimal, high: Decimal, lowClosed: boolean, highClosed: boolean): Generator<Value> {
  const step = low.lte(high) ? 1 : -1
  const first = lowClosed ? low : low.plus(step)
  for (let at = first; step > 0 ? at.lte(high) : at.gte(high); at = at.plus(step)) {
    if (!highClosed && at.eq(high)) return
    yield at
  }
}

function* days(low: number, high: number, lowClosed: boolean, highClosed: boolean): Generator<Value> {
  const step = low <= high ? 1 : -1
  for (let at = lowClosed ? low : low + step; step > 0 ? at <= high : at >= high; at += step) {
    if (!highClosed && at === high) return
    yield new FeelDate(at)
  }
}

/** Whether a body names `partial`, which costs a copy for each round. */
function usesPartial(body: Node): boolean {
  for (const node of walk(body)) if (node.kind === 'local' && node.name === 'partial') return true
  return false
}
