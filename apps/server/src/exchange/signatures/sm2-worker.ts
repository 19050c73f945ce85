import { parentPort } from 'node:worker_threads'
import smCrypto from 'sm-crypto'

/** A signature to verify, and which question it answers. */
export interface Sm2Question {
  readonly id: number
  readonly message: readonly number[]
  /** DER, in hexadecimal. */
  readonly signature: string
  readonly point: string
}

export interface Sm2Answer {
  readonly id: number
  readonly holds: boolean
}

/** The signer's identifier that SM2 hashes with every message: GM/T 0009's default. */
const USER_ID = '1234567812345678'

parentPort?.on('message', ({ id, message, signature, point }: Sm2Question) => {
  const holds = smCrypto.sm2.doVerifySignature([...message], signature, point, {
    der: true,
    hash: true,
    userId: USER_ID,
  })
  parentPort?.postMessage({ id, holds } satisfies Sm2Answer)
})
