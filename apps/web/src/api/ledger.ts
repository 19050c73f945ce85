import { queryOptions } from '@tanstack/react-query'
import type { Page, PageRequest } from '../components/data-table/columns.ts'
import { once } from './change.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'
import { oneOf, paging } from './list-query.ts'

export type Account = Json<'/api/v1/ledger/accounts'>['items'][number]
export type Entry = Json<'/api/v1/ledger/entries'>['items'][number]

export const ACCOUNT_KINDS = [
  'appropriation',
  'available',
  'held',
  'ordered',
  'paid',
  'recoverable',
] as const satisfies readonly Account['kind'][]

export const accountsQuery = queryOptions({
  queryKey: ['ledger', 'accounts'],
  queryFn: () => answerOf(api.GET('/api/v1/ledger/accounts')),
})

/** What the treasury said that could not be booked as it stands. */
export const receiptProblemsQuery = queryOptions({
  queryKey: ['ledger', 'receipt-problems'],
  queryFn: () => answerOf(api.GET('/api/v1/ledger/receipt-problems')),
})

export const ENTRY_KINDS = [
  'appropriate',
  'hold',
  'release',
  'order',
  'settle',
  'reject',
  'return',
  'recover',
  'restore',
] as const

const DAY = /^\d{4}-\d{2}-\d{2}$/

export async function listEntries({ filters, ...request }: PageRequest): Promise<Page<Entry>> {
  const kind = oneOf(ENTRY_KINDS, filters.kind)
  const account = oneOf(ACCOUNT_KINDS, filters.account)
  const { from, to } = filters
  const query = {
    ...paging(request),
    ...(kind ? { kind } : {}),
    ...(account ? { account } : {}),
    ...(from && DAY.test(from) ? { from } : {}),
    ...(to && DAY.test(to) ? { to } : {}),
    ...(filters.reference_kind && filters.reference_id
      ? { reference_kind: filters.reference_kind, reference_id: filters.reference_id }
      : {}),
  }
  const { items, next } = await answerOf(api.GET('/api/v1/ledger/entries', { params: { query } }))
  return { rows: items, next }
}

export async function appropriate(year: number, amount: string, memo: string, key: string): Promise<void> {
  const params = { header: once(key) }
  await answerOf(api.POST('/api/v1/ledger/appropriations', { params, body: { year, amount, memo } }))
}
