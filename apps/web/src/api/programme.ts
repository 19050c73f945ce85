import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'

export type Programme = Json<'/api/v1/programme'>

export const programmeQuery = (year: number | undefined) =>
  queryOptions({
    queryKey: ['programme', year ?? 'current'],
    queryFn: () =>
      answerOf(api.GET('/api/v1/programme', { params: { query: year === undefined ? {} : { year } } })),
  })
