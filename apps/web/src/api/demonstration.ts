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
