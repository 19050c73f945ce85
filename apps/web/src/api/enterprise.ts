import { queryOptions } from '@tanstack/react-query'
import { onVersion } from './change.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'

export type Overview = Json<'/api/v1/enterprise/overview'>
export type Loan = Overview['loans'][number]
export type Payment = Json<'/api/v1/enterprise/payments'>['items'][number]
export type Notification = Json<'/api/v1/notifications'>['items'][number]

export const overviewQuery = queryOptions({
  queryKey: ['enterprise', 'overview'],
  queryFn: () => answerOf(api.GET('/api/v1/enterprise/overview')),
})

export const paymentsQuery = queryOptions({
  queryKey: ['enterprise', 'payments'],
  queryFn: () => answerOf(api.GET('/api/v1/enterprise/payments')),
})

export const accountsQuery = queryOptions({
  queryKey: ['enterprise', 'accounts'],
  queryFn: () => answerOf(api.GET('/api/v1/enterprise/payee-account')),
})

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: () => answerOf(api.GET('/api/v1/notifications')),
})

/** @param etag of the accounts as they were seen */
export async function correctAccount(
  accountNumber: string,
  bankCode: string,
  etag: string,
  key: string,
): Promise<void> {
  await answerOf(
    api.POST('/api/v1/enterprise/payee-account', {
      params: { header: onVersion(key, etag) },
      body: { account_number: accountNumber, bank_code: bankCode },
    }),
  )
}
