import { queryOptions } from '@tanstack/react-query'
import type { Page, PageRequest } from '../components/data-table/columns.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'
import { oneOf } from './list-query.ts'

export type BankMessage = Json<'/api/v1/bank-messages'>['items'][number]
export type MessageInFull = Json<'/api/v1/bank-messages/{id}'>

export const OUTCOMES = ['applied', 'waiting', 'refused', 'reversed'] as const

export const MESSAGE_KINDS = [
  'loan_granted',
  'drawdown',
  'repayment',
  'early_repayment',
  'rate_change',
  'extension',
  'overdue',
  'cured',
  'refinanced',
  'interest_settled',
  'reversal',
] as const

const LIMIT_MAX = 200

async function askForMessages({ q, filters, cursor, limit }: PageRequest) {
  const outcome = oneOf(OUTCOMES, filters.outcome)
  const kind = oneOf(MESSAGE_KINDS, filters.kind)
  const query = {
    limit: Math.min(limit, LIMIT_MAX),
    ...(cursor === undefined ? {} : { cursor }),
    ...(q === '' ? {} : { loan_receipt: q }),
    ...(outcome ? { outcome } : {}),
    ...(kind ? { kind } : {}),
    ...(filters.message_id ? { message_id: filters.message_id } : {}),
  }
  return answerOf(api.GET('/api/v1/bank-messages', { params: { query } }))
}

export async function listBankMessages(request: PageRequest): Promise<Page<BankMessage>> {
  const { items, next } = await askForMessages(request)
  return { rows: items, next }
}

export const messageCountsQuery = queryOptions({
  queryKey: ['bank-messages', 'counts'],
  queryFn: async () => (await askForMessages({ q: '', filters: {}, limit: 1 })).counts,
})

const REFUSALS_SHOWN = 50

/** What could not be taken as a bank's word: the newest of it. */
export const refusalsQuery = queryOptions({
  queryKey: ['bank-refusals'],
  queryFn: () => answerOf(api.GET('/api/v1/bank-refusals', { params: { query: { limit: REFUSALS_SHOWN } } })),
})

export const bankMessageQuery = (id: string) =>
  queryOptions({
    queryKey: ['bank-message', id],
    queryFn: () => answerOf(api.GET('/api/v1/bank-messages/{id}', { params: { path: { id } } })),
  })
