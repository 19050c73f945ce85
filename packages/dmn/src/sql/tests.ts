import type { Node } from '../node/node.ts'
import type { Test } from '../node/test.ts'
import { compared } from './comparison.ts'
import type { Emitter } from './emitter.ts'
import { type Fragment, over } from './fragment.ts'
import { isNull, nullCheck } from './nulls.ts'

/**
 * A test on `emitter.subject`: true, false, or null for unknown. SQL's comparisons and its and/or/not are unknown on
 * a missing value just as a unary test is, so they stand bare.
 */
export function emitTest(emitter: Emitter, test: Test): Fragment {
  const subject = emitter.subject ?? emitter.dialect.literal(null, 'string')
  switch (test.kind) {
    case 'any':
      return emitter.dialect.literal(true, 'boolean')
    case 'is null':
      return nullCheck(subject, true)
    case 'equals':
      return equals(emitter, subject, test.value)
    case 'compare':
      return compared(emitter, subject, test.operator, emitter.node(test.bound))
    case 'range': {
      const low = compared(emitter, subject, test.lowClosed ? '>=' : '>', emitter.node(test.low))
      const high = compared(emitter, subject, test.highClosed ? '<=' : '<', emitter.node(test.high))
      return over([low, high], { text: `(${low.text} and ${high.text})`, sqlType: 'boolean' })
    }
    case 'condition': {
      const condition = emitter.node(test.condition)
      if (test.speaksOfNull || !subject.nullable) return condition
      return over([subject, condition], {
        text: `(case when ${subject.text} is not null then ${condition.text} end)`,
        sqlType: 'boolean',
        nullable: true,
      })
    }
    case 'contained':
      return emitter.refuse(
        test.value,
        'boolean',
        '批量运行时只能比较单个值。',
        'In bulk only single values can be compared.',
      )
    case 'one of':
      return oneOf(emitter, subject, test.tests)
    case 'not': {
      const inner = emitTest(emitter, test.test)
      return over([inner], { text: `(not ${inner.text})`, sqlType: 'boolean' })
    }
    case 'invalid':
      return emitter.refuse(undefined, 'boolean', test.problem.zh, test.problem.en)
    default:
      return test satisfies never
  }
}

function equals(emitter: Emitter, subject: Fragment, value: Node): Fragment {
  const constant = emitter.constantOf(value)
  if (constant === true) return subject
  if (constant === false) return over([subject], { text: `(not ${subject.text})`, sqlType: 'boolean' })
  if (typeof value.type === 'object') {
    return emitter.refuse(
      value,
      'boolean',
      '批量运行时只能比较单个值。',
      'In bulk only single values can be compared.',
    )
  }
  return compared(emitter, subject, '=', emitter.node(value))
}

/** Values written out become one `in`, which PostgreSQL looks up rather than tries one by one. */
function oneOf(emitter: Emitter, subject: Fragment, tests: readonly Test[]): Fragment {
  const values: Fragment[] = []
  const others: Fragment[] = []
  for (const test of tests) {
    const value =
      test.kind === 'equals' && subject.sqlType !== 'boolean' ? emitter.node(test.value) : undefined
    if (value?.literal && !isNull(value)) values.push(value)
    else others.push(emitTest(emitter, test))
  }
  const [left = subject, ...list] = emitter.dialect.alike(emitter, [subject, ...values])
  const texts = list.map(value => value.text).join(', ')
  const inList =
    values.length === 0 ? [] : [over([left], { text: `(${left.text} in (${texts}))`, sqlType: 'boolean' })]
  const all = [...inList, ...others]
  const [only] = all
  if (all.length === 1 && only) return only
  if (all.length === 0) return emitter.dialect.literal(false, 'boolean')
  return over(all, { text: `(${all.map(each => each.text).join(' or ')})`, sqlType: 'boolean' })
}
