import type { Node } from '../node/node.ts'
import type { Test } from '../node/test.ts'
import { kindOf } from '../value/kind.ts'
import { equal, order } from '../value/operate.ts'
import { FeelRange } from '../value/range.ts'
import { compareValues, equalValues, isList, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { Environment } from './environment.ts'
import { failureOf } from './messages.ts'
import { ORDER } from './order.ts'
import type { TestEvaluator } from './run.ts'

export function compileTest(compiler: Compiler, test: Test): TestEvaluator {
  switch (test.kind) {
    case 'any':
      return () => true
    case 'is null':
      return run => run.subject === null
    case 'equals': {
      const value = compiler.node(test.value)
      return run => {
        const wanted = value(run)
        return run.subject === null || wanted === null ? null : equalValues(run.subject, wanted)
      }
    }
    case 'compare': {
      const bound = compiler.node(test.bound)
      const holds = ORDER[test.operator]
      return run => {
        const order = compareValues(run.subject, bound(run))
        return order === undefined ? null : holds(order)
      }
    }
    case 'range': {
      const low = compiler.node(test.low)
      const high = compiler.node(test.high)
      const fromLow = ORDER[test.lowClosed ? '>=' : '>']
      const toHigh = ORDER[test.highClosed ? '<=' : '<']
      return run => {
        const below = compareValues(run.subject, low(run))
        if (below !== undefined && !fromLow(below)) return false
        const above = compareValues(run.subject, high(run))
        if (above !== undefined && !toHigh(above)) return false
        return below === undefined || above === undefined ? null : true
      }
    }
    case 'condition': {
      const condition = compiler.truth(test.condition)
      return test.speaksOfNull ? condition : run => (run.subject === null ? null : condition(run))
    }
    case 'contained':
      return contained(compiler, test.value)
    case 'one of': {
      const tests = test.tests.map(each => compileTest(compiler, each))
      return run => {
        let result: boolean | null = false
        for (const each of tests) {
          const one = each(run)
          if (one === true) return true
          if (one === null) result = null
        }
        return result
      }
    }
    case 'not': {
      const inner = compileTest(compiler, test.test)
      return run => {
        const result = inner(run)
        return result === null ? null : !result
      }
    }
    case 'invalid': {
      const { where, zh, en } = test.problem
      return failureOf('model', where, zh, en)
    }
    default:
      return test satisfies never
  }
}

/**
 * The subject equals the value, is one of its items, or lies within it; unknown where either is missing. A truth about
 * a subject that is none itself is a condition (DMN 1.5, 7.3.13).
 */
function contained(compiler: Compiler, node: Node): TestEvaluator {
  const of = compiler.node(node)
  const env = new Environment(compiler.place(node))
  return run => {
    const { subject } = run
    const value = of(run)
    if (typeof value === 'boolean' && typeof subject !== 'boolean') return subject === null ? null : value
    return isIn(subject, value, env.of(run))
  }
}

function isIn(subject: Value, value: Value, env: Environment): boolean | null {
  if (value instanceof FeelRange) return isWithin(subject, value, env)
  if (!isList(value)) {
    return subject === null || value === null ? null : equal(subject, value, env.fail)
  }
  if (isList(subject) && equalValues(subject, value)) return true
  let result: boolean | null = false
  for (const item of value) {
    const one = isItem(subject, item, env)
    if (one === true) return true
    if (one === null) result = null
  }
  return result
}

/** An item of another kind is simply not the one; a range among the items holds what lies in it. */
function isItem(subject: Value, item: Value, env: Environment): boolean | null {
  if (subject === null || item === null) return subject === item ? true : null
  if (item instanceof FeelRange && !(subject instanceof FeelRange)) return isWithin(subject, item, env)
  return kindOf(subject) === kindOf(item) && equalValues(subject, item)
}

/** An end that is not known leaves it open, unless the other end already fails. */
export function isWithin(subject: Value, range: FeelRange, env: Environment): boolean | null {
  const { low, high, lowClosed, highClosed, operator } = range
  if (operator === '!=') {
    const same = subject === null ? null : equal(subject, low, env.fail)
    return same === null ? null : !same
  }
  const below = operator === '<' || operator === '<=' ? 1 : order(subject, low, env.fail)
  if (below !== null && (below < 0 || (below === 0 && !lowClosed))) return false
  const above = operator === '>' || operator === '>=' ? -1 : order(subject, high, env.fail)
  if (above !== null && (above > 0 || (above === 0 && !highClosed))) return false
  return below === null || above === null || subject === null ? null : true
}
