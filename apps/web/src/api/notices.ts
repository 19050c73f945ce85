import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { once } from './change.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'

export type NoticeLine = Json<'/api/v1/notices/{id}'>['items'][number]
export type TrackedObjection = Json<'/api/v1/objection-references/{reference}'>

const LINES_A_PAGE = 100

export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: () => answerOf(api.GET('/api/v1/notices')),
})

/** A notice with its lines, page after page. */
export const noticeQuery = (id: string, q: string) =>
  infiniteQueryOptions({
    queryKey: ['notice', id, q],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: LINES_A_PAGE,
        ...(q === '' ? {} : { q }),
        ...(pageParam === '' ? {} : { cursor: pageParam }),
      }
      return answerOf(api.GET('/api/v1/notices/{id}', { params: { path: { id }, query } }))
    },
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })

export interface Said {
  readonly claim_id: string
  readonly name: string
  readonly contact: string
  readonly reason: string
}

export function lodgeObjection(noticeId: string, body: Said, key: string) {
  const params = { path: { id: noticeId }, header: once(key) }
  return answerOf(api.POST('/api/v1/notices/{id}/objections', { params, body }))
}

export const objectionQuery = (reference: string) =>
  queryOptions({
    queryKey: ['objection', reference],
    queryFn: () =>
      answerOf(api.GET('/api/v1/objection-references/{reference}', { params: { path: { reference } } })),
  })
