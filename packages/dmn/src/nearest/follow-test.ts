import type { InNode } from '../node/node.ts'
import type { ContainedTest, Test } from '../node/test.ts'
import type { Germ } from './germ.ts'
import { HOLDS } from './horizon.ts'
import { blurred, type Place, truth } from './place.ts'

/** What a test says of `?` just beyond the place: true, false or unknown, as the evaluator has it. */
export function followTest(test: Test, place: Place): boolean | null {
  const { horizon, subject } = place
  const missing = !subject.moves && subject.value === null
  switch (test.kind) {
    case 'any':
      return true
    case 'is null':
      if (!subject.sure) horizon.blur()
      return missing
    case 'equals': {
      const wanted = place.follow(test.value)
      if (missing || isMissing(wanted)) return null
      return horizon.equal(subject, wanted)
    }
    case 'compare': {
      const order = horizon.order(subject, place.follow(test.bound))
      return order === undefined ? null : HOLDS[test.operator](order)
    }
    case 'range': {
      const below = horizon.order(subject, place.follow(test.low))
      if (below !== undefined && !HOLDS[test.lowClosed ? '>=' : '>'](below)) return false
      const above = horizon.order(subject, place.follow(test.high))
      if (above !== undefined && !HOLDS[test.highClosed ? '<=' : '<'](above)) return false
      return below === undefined || above === undefined ? null : true
    }
    case 'condition':
      if (missing && !test.speaksOfNull) return null
      return truth(place.follow(test.condition), place)
    case 'contained':
      return truth(blurred(nodeOf(test), place), place)
    case 'one of': {
      let result: boolean | null = false
      for (const each of test.tests) {
        const one = place.test(each)
        if (one === true) return true
        if (one === null) result = null
      }
      return result
    }
    case 'not': {
      const inner = place.test(test.test)
      return inner === null ? null : !inner
    }
    case 'invalid':
      return null
    default:
      return test satisfies never
  }
}

const nodes = new WeakMap<ContainedTest, InNode>()

/** `? in …`, so that a list or range is asked at the place itself. */
function nodeOf(test: ContainedTest): InNode {
  const known = nodes.get(test) ?? { kind: 'in', operand: SUBJECT, test, type: 'boolean', from: 0, to: 0 }
  nodes.set(test, known)
  return known
}

const SUBJECT = { kind: 'subject', type: 'Any', from: 0, to: 0 } as const

function isMissing(germ: Germ): boolean {
  return !germ.moves && germ.value === null
}
