/** What a demonstration is doing now, told to whoever watches. */
export interface ProgressEvent {
  readonly kind: 'idle' | 'step' | 'done' | 'failed'
  readonly zh: string
  readonly en: string
  readonly business_date: string | null
}

export interface Progress {
  tell(event: ProgressEvent): void
  /** The last thing that was told. */
  latest(): ProgressEvent
  /** @returns stops the telling */
  listen(listener: (event: ProgressEvent) => void): () => void
}

export function createProgress(): Progress {
  const listeners = new Set<(event: ProgressEvent) => void>()
  let last: ProgressEvent = { kind: 'idle', zh: '', en: '', business_date: null }
  return {
    tell: event => {
      last = event
      for (const listener of listeners) listener(event)
    },
    latest: () => last,
    listen: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
