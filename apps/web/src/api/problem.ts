/** An RFC 9457 problem document as the server sends it, in the reader's language. */
export interface Problem {
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly value?: unknown
  readonly where?: string
  readonly request_id?: string
}

export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/**
 * What a failed request said.
 *
 * @param body what was read from the answer: a problem document, another server's words, or nothing
 */
export function problemFrom(status: number, body: unknown): Problem {
  if (isProblem(body)) return body
  const message = isMessage(body) ? body.message : ''
  return {
    title: 'unreadable-answer',
    status,
    code: isMessage(body) ? (body.code ?? 'unreadable-answer') : 'unreadable-answer',
    detail: message,
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'status' in body
}

function isMessage(body: unknown): body is { message: string; code?: string } {
  return typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
}
