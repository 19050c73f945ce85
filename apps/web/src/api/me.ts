import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

/** Who is signed in and what they may do. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answerOf(api.GET('/api/v1/me')),
  staleTime: 60_000,
})

export function useMe() {
  return useSuspenseQuery(meQuery).data
}

export type Me = Awaited<ReturnType<typeof useMe>>
export type Role = NonNullable<Me['user']>['role']

export const ROLES = [
  'officer',
  'approver',
  'town',
  'finance',
  'bank',
  'enterprise',
  'auditor',
] as const satisfies readonly Role[]
