import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'

export type PublicFigures = Json<'/api/v1/public/figures'>

export const publicFiguresQuery = queryOptions({
  queryKey: ['public', 'figures'],
  queryFn: () => answerOf(api.GET('/api/v1/public/figures')),
})
