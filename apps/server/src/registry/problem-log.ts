import { type Problem, type ProblemCode, severityOf } from './problem.ts'

/** Every error is kept up to this many; a file with more is the wrong file. */
export const ERRORS_MAX = 100_000
/** Of each kind of warning the first so many are kept; all are counted. */
export const WARNINGS_PER_CODE_MAX = 1_000

const VALUE_LENGTH_MAX = 200

export interface ProblemLog {
  add(code: ProblemCode, line: number, column: string, value: string, detail?: string): void
  readonly counts: ReadonlyMap<ProblemCode, number>
  /** In the order of lines. */
  kept(): Problem[]
  /** How many warnings there were, kept or not. */
  warnings(): number
}

/** Counts all problems of a file and keeps as many as a person can work through. */
export function createProblemLog(): ProblemLog {
  const counts = new Map<ProblemCode, number>()
  const kept: Problem[] = []
  let errors = 0
  return {
    counts,
    add(code, line, column, value, detail = '') {
      const count = (counts.get(code) ?? 0) + 1
      counts.set(code, count)
      const error = severityOf(code) === 'error'
      if (error ? ++errors > ERRORS_MAX : count > WARNINGS_PER_CODE_MAX) return
      kept.push({ code, line, column, value: detached(value.slice(0, VALUE_LENGTH_MAX)), detail })
    },
    kept: () => kept.toSorted((a, b) => a.line - b.line),
    warnings: () => {
      let sum = 0
      for (const [code, count] of counts) if (severityOf(code) === 'warning') sum += count
      return sum
    },
  }
}

/** V8 copies slices shorter than this; longer ones point into the text that they were cut from. */
const SLICE_LENGTH_MIN = 13

/** A copy of its own: a slice would keep alive the megabyte of file that it was cut from. */
export function detached(text: string): string {
  return text.length < SLICE_LENGTH_MIN ? text : ` ${text}`.slice(1)
}
