import type { Location } from '../problem.ts'
import type { Value } from '../value/value.ts'
import type { Evaluator, Run } from './run.ts'

/** An evaluation went through more than it may. Caught at the decision, which is then null with a message. */
export class LimitError extends Error {
  readonly limit: 'steps' | 'depth'

  constructor(limit: 'steps' | 'depth') {
    super(limit)
    this.name = 'LimitError'
    this.limit = limit
  }
}

const SENTENCES = {
  steps: {
    zh: '计算步数超过上限，结果按空值处理。请缩小循环或列表的范围。',
    en: 'The evaluation takes more steps than it may; the result is null. Narrow the loops or lists.',
  },
  depth: {
    zh: '函数调用嵌套过深，结果按空值处理。请检查是否无止境地调用自身。',
    en: 'Calls are nested too deep; the result is null. Look for a function that calls itself without end.',
  },
}

/** Runs one decision; a limit that is reached makes it null with a message, never an exception for the caller. */
export function withinLimits(run: Run, where: Location, evaluate: Evaluator): Value {
  const { frame, subject, steps, budget } = run
  const { depth } = budget
  const noted = steps?.length ?? 0
  try {
    return evaluate(run)
  } catch (error) {
    const limit = limitOf(error)
    if (limit === undefined) throw error
    run.frame = frame
    run.subject = subject
    budget.depth = depth
    // Steps inside the ones that were not finished.
    if (steps !== null) steps.length = noted
    run.messages?.push({ code: 'limit', where, ...SENTENCES[limit] })
    return null
  }
}

/** A stack that overflows is calls nested too deep, found by the machine instead of by count. */
function limitOf(error: unknown): 'steps' | 'depth' | undefined {
  if (error instanceof LimitError) return error.limit
  return error instanceof RangeError && /call stack/i.test(error.message) ? 'depth' : undefined
}
