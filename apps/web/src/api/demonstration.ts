import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

export const accountsQuery = queryOptions({
  queryKey: ['demonstration', 'accounts'],
  queryFn: () => answerOf(api.GET('/api/v1/demonstration/accounts')),
  staleTime: 0,
})

export const clockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: () => answerOf(api.GET('/api/v1/clock')),
})

/** Moves the business date to the day after the next settlement; everyone plays their part until then. */
export function advanceQuarter(withOfficers: boolean) {
  return answerOf(api.POST('/api/v1/demonstration/advance', { body: { with_officers: withOfficers } }))
}

interface ProgressEvent {
  readonly kind: 'idle' | 'step' | 'done' | 'failed'
  readonly zh: string
  readonly en: string
}

/** @returns stops watching */
export function watchProgress(tell: (event: ProgressEvent) => void): () => void {
  const source = new EventSource('/api/v1/demonstration/progress')
  source.addEventListener('progress', event => {
    const content: unknown = JSON.parse(event.data)
    if (isProgress(content)) tell(content)
  })
  return () => source.close()
}

function isProgress(content: unknown): content is ProgressEvent {
  return (
    typeof content === 'object' && content !== null && 'kind' in content && 'zh' in content && 'en' in content
  )
}
