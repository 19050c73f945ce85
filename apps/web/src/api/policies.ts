import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'

export type Policy = Json<'/api/v1/policies/{policy}'>

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: () => answerOf(api.GET('/api/v1/policies')),
})

export const policyQuery = (policy: string) =>
  queryOptions({
    queryKey: ['policy', policy],
    queryFn: () => answerOf(api.GET('/api/v1/policies/{policy}', { params: { path: { policy } } })),
  })
