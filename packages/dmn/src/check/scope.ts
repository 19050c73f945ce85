import type { Type } from '../node/type.ts'
import type { Location, Problem, ProblemCode } from '../problem.ts'
import type { FeelReader } from '../read/feel.ts'

export interface NamedValue {
  readonly kind: 'input' | 'decision'
  /** Undefined where the element itself could not be typed; that has been reported there. */
  readonly type: Type | undefined
}

/** What the expressions of one decision can see. */
export interface Scope {
  readonly reader: FeelReader
  readonly names: ReadonlyMap<string, NamedValue>
  /** Names that stand in the model but are not required by this decision. */
  readonly elsewhere: ReadonlySet<string>
}

/** A problem in both languages. */
export interface Sentence {
  readonly zh: string
  readonly en: string
}

/** Collects problems at one place; `at` narrows the place. */
export class Reporter {
  readonly problems: Problem[]
  readonly where: Location

  constructor(problems: Problem[], where: Location) {
    this.problems = problems
    this.where = where
  }

  at(place: Partial<Location>): Reporter {
    return new Reporter(this.problems, { ...this.where, ...place })
  }

  error(code: ProblemCode, sentence: Sentence, place: Partial<Location> = {}): Problem {
    const problem: Problem = { code, severity: 'error', where: { ...this.where, ...place }, ...sentence }
    this.problems.push(problem)
    return problem
  }

  warn(code: ProblemCode, sentence: Sentence, place: Partial<Location> = {}): void {
    this.problems.push({ code, severity: 'warning', where: { ...this.where, ...place }, ...sentence })
  }
}
