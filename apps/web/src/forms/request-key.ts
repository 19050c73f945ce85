import { useCallback, useState } from 'react'
import { ProblemError } from '../api/problem.ts'

const REUSED = 'request.idempotency-key-reused'
const storage = (form: string) => `millrace.key.${form}`

export interface RequestKey {
  /** Sent as Idempotency-Key with every attempt of this form. */
  readonly key: string
  /** What was asked for is done: the next thing has a key of its own. */
  renew(): void
  /** For `onError`: a key that stands for something already done is given up. */
  failed(error: unknown): void
}

/**
 * One key for what a form is opened for, kept beside its draft: a double click, a slow answer, or a reload after a
 * lost connection asks for the same thing again and not for a second one.
 *
 * @param form names the form and what it is about, as `useDraft` has it
 */
export function useRequestKey(form: string): RequestKey {
  const [key, setKey] = useState(() => read(form) ?? write(form, newKey()))
  const renew = useCallback(() => setKey(write(form, newKey())), [form])
  const failed = useCallback(
    (error: unknown) => {
      if (error instanceof ProblemError && error.problem.code === REUSED) renew()
    },
    [renew],
  )
  return { key, renew, failed }
}

/** Not `randomUUID`, which browsers have on https only: an intranet may be without. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

function read(form: string): string | undefined {
  try {
    return sessionStorage.getItem(storage(form)) ?? undefined
  } catch {
    return undefined
  }
}

function write(form: string, key: string): string {
  try {
    sessionStorage.setItem(storage(form), key)
  } catch {
    // A browser that forbids storage keeps it until the page is closed.
  }
  return key
}
