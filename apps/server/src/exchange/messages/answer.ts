import type { Language } from '../../platform/errors.ts'
import type { Answer } from './message.ts'
import type { MessageProblem } from './problem.ts'

/** The answer to one message, as it is kept. */
export interface MessageAnswer {
  /** The bank's identifier; null where a row does not tell it. */
  readonly messageId: string | null
  readonly outcome: Answer['outcome']
  /** The same message was received before: this is its first answer, and nothing was done. */
  readonly replayed: boolean
  readonly problem: MessageProblem | undefined
}

/** The answer to one message, as the contract has it. */
export interface AnswerDocument {
  readonly line?: number | undefined
  readonly message_id: string | null
  readonly outcome: Answer['outcome']
  readonly replayed: boolean
  readonly code?: string
  readonly where?: string
  readonly value?: string
  readonly detail?: string
}

export function answerDocument(answer: MessageAnswer, language: Language): AnswerDocument {
  return {
    message_id: answer.messageId,
    outcome: answer.outcome,
    replayed: answer.replayed,
    ...problemFields(answer.problem, language),
  }
}

/** A problem in the reader's language. */
export function problemFields(
  problem: MessageProblem | undefined,
  language: Language,
): Pick<AnswerDocument, 'code' | 'where' | 'value' | 'detail'> {
  if (!problem) return {}
  const { zh, en, ...told } = problem
  return { ...told, detail: language === 'zh' ? zh : en }
}

/** The HTTP status that says the same as an answer. */
export function statusOf(answer: MessageAnswer): 200 | 202 | 409 | 422 {
  if (answer.problem?.code === 'bank.key-reused') return 409
  return answer.outcome === 'applied' ? 200 : answer.outcome === 'waiting' ? 202 : 422
}
