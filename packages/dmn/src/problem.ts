/**
 * A place in a model, as an officer finds it: file, element, and for a table the rule and column (from 1, as the
 * table shows them). `text` is the FEEL source at fault, `from`/`to` the part of it.
 */
export interface Location {
  readonly file: string
  /** Name of the decision, input, type or source. */
  readonly element?: string
  readonly line?: number
  readonly rule?: number
  readonly column?: number
  readonly output?: number
  readonly text?: string
  readonly from?: number
  readonly to?: number
}

export type ProblemCode =
  | 'xml'
  | 'limit'
  | 'structure'
  | 'unsupported'
  | 'duplicate-name'
  | 'unknown-name'
  | 'not-required'
  | 'cycle'
  | 'syntax'
  | 'type'
  | 'literal'
  | 'table'
  | 'overlap'
  | 'gap'
  | 'unreachable'
  | 'division-by-zero'
  | 'missing'
  | 'money'
  | 'bulk'

/** Something in the model that must be (error) or should be (warning) changed before it is published. */
export interface Problem {
  readonly code: ProblemCode
  readonly severity: 'error' | 'warning'
  readonly where: Location
  readonly zh: string
  readonly en: string
}

export type MessageCode =
  | 'model'
  | 'input-type'
  | 'not-allowed'
  | 'division-by-zero'
  | 'number-range'
  | 'date-range'
  | 'argument'
  | 'type'
  | 'limit'
  | 'many-rules'
  | 'different-outputs'

/** Why a value came out as null although its inputs were there. Never thrown: data cannot break an evaluation. */
export interface Message {
  readonly code: MessageCode
  readonly where: Location
  readonly zh: string
  readonly en: string
}

/**
 * A place as an officer says it: `补贴.dmn › 资格 › 规则 2 › 条件列 3（第 41 行）`.
 *
 * @example
 * for (const { where, en } of check(model)) console.error(`${describeLocation(where, 'en')}: ${en}`)
 */
export function describeLocation(where: Location, language: 'zh' | 'en' = 'zh'): string {
  const zh = language === 'zh'
  const parts = [where.file]
  if (where.element !== undefined) parts.push(where.element)
  if (where.rule !== undefined) parts.push(zh ? `规则 ${where.rule}` : `rule ${where.rule}`)
  if (where.column !== undefined) parts.push(zh ? `条件列 ${where.column}` : `column ${where.column}`)
  if (where.output !== undefined) parts.push(zh ? `结果列 ${where.output}` : `output ${where.output}`)
  const place = parts.join(' › ')
  if (where.line === undefined) return place
  return zh ? `${place}（第 ${where.line} 行）` : `${place} (line ${where.line})`
}

/** The file is not a DMN model this engine can take in; `problem` says where and what to do. */
export class ModelError extends Error {
  readonly code = 'dmn-model'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(
      `${describeLocation(problem.where, 'en')}: ${problem.en}\n${describeLocation(problem.where)}：${problem.zh}`,
    )
    this.name = 'ModelError'
    this.problem = problem
  }
}

/** The caller asked for a decision, input or binding the model does not have, or one that cannot run in bulk. */
export class RequestError extends Error {
  readonly code = 'dmn-request'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(
      problems
        .map(p => `${describeLocation(p.where, 'en')}: ${p.en}\n${describeLocation(p.where)}：${p.zh}`)
        .join('\n'),
    )
    this.name = 'RequestError'
    this.problems = problems
  }
}
