import { Worker } from 'node:worker_threads'
import type { Sm2Answer, Sm2Question } from './sm2-worker.ts'

interface Asked {
  readonly resolve: (holds: boolean) => void
  readonly reject: (reason: unknown) => void
}

/**
 * SM2 is verified in a thread of its own, started when it is first needed: there is no native code for it in Node,
 * and a dozen milliseconds each would hold up every other request.
 */
let worker: Worker | undefined
let questions = 0
const asked = new Map<number, Asked>()

/** Whether an SM2 signature (DER) over a message holds. */
export function verifySm2(message: Uint8Array, signature: Buffer, point: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    worker ??= start()
    worker.ref()
    const id = ++questions
    asked.set(id, { resolve, reject })
    worker.postMessage({
      id,
      message: [...message],
      signature: signature.toString('hex'),
      point,
    } satisfies Sm2Question)
  })
}

function start(): Worker {
  const started = new Worker(new URL('./sm2-worker.ts', import.meta.url))
  started.on('message', ({ id, holds }: Sm2Answer) => {
    asked.get(id)?.resolve(holds)
    asked.delete(id)
    // Idle, it does not keep the process from ending.
    if (asked.size === 0) started.unref()
  })
  started.once('error', reason => {
    worker = undefined
    for (const { reject } of asked.values()) reject(reason)
    asked.clear()
  })
  return started
}
