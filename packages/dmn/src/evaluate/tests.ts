import type { Test } from '../node/test.ts'
import { compareValues, equalValues } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
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
