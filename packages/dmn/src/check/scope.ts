import type { Location, Problem, ProblemCode } from '../problem.ts'
import type { Type } from '../value/type.ts'
import type { TypeNames } from './type-names.ts'

export type NamedValue = ElementName | NamespaceName

export interface ElementName {
  readonly kind: 'input' | 'decision' | 'knowledge'
  /** Undefined where the element itself could not be typed; that has been reported there. */
  readonly type: Type | undefined
  /** What the program calls the element: its name, after those of the imports it comes through. */
  readonly key: string
}

/** The name of an import: what it brings in stands behind it. */
export interface NamespaceName {
  readonly kind: 'namespace'
  readonly members: ReadonlyMap<string, NamedValue>
}

/** What the expressions of one element can see. */
export interface Scope {
  readonly names: ReadonlyMap<string, NamedValue>
  /** Names that stand in the model but are not required by this element. */
  readonly elsewhere: ReadonlySet<string>
  readonly types: TypeNames
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
