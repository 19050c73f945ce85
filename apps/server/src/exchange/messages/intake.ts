import type { Database } from '../../platform/db/index.ts'
import { inTransaction } from '../../platform/db/index.ts'
import type { MessageAnswer } from './answer.ts'
import { type Handlers, receiveMessages, type SignedMessage } from './receive-messages.ts'

/** Takes single messages, many at a time. */
export interface Intake {
  receive(bankCode: string, message: SignedMessage): Promise<MessageAnswer>
}

interface Waiting {
  readonly message: SignedMessage
  readonly resolve: (answer: MessageAnswer) => void
  readonly reject: (reason: unknown) => void
}

const BATCH_MAX = 500

/**
 * Takes single messages as batches: those that a bank sends while its last batch is being written make up the next
 * one. Each is answered when its batch has committed. A batch that fails is taken apart, so that one message that
 * we cannot handle fails alone.
 */
export function createIntake({ db }: Pick<Database, 'db'>, handlers: Handlers): Intake {
  const queues = new Map<string, Waiting[]>()

  const receive = (bankCode: string, messages: readonly SignedMessage[]) =>
    inTransaction(db, tx => receiveMessages(tx, handlers, { bankCode, channel: 'single', messages }))

  async function work(bankCode: string, queue: Waiting[]): Promise<void> {
    for (let batch = queue.splice(0, BATCH_MAX); batch.length > 0; batch = queue.splice(0, BATCH_MAX)) {
      await takeBatch(bankCode, batch)
    }
    queues.delete(bankCode)
  }

  async function takeBatch(bankCode: string, batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await receive(
        bankCode,
        batch.map(({ message }) => message),
      )
      batch.forEach((waiting, index) => {
        const answer = answers[index]
        if (answer) waiting.resolve(answer)
        else waiting.reject(new Error('A message was left unanswered'))
      })
    } catch (reason) {
      if (batch.length === 1) for (const waiting of batch) waiting.reject(reason)
      else for (const waiting of batch) await takeBatch(bankCode, [waiting])
    }
  }

  return {
    receive: (bankCode, message) =>
      new Promise((resolve, reject) => {
        const queue = queues.get(bankCode)
        if (queue) {
          queue.push({ message, resolve, reject })
          return
        }
        const started = [{ message, resolve, reject }]
        queues.set(bankCode, started)
        // The turn of the event loop is waited out: what was already on the wire shares the first batch.
        setImmediate(() => void work(bankCode, started))
      }),
  }
}
