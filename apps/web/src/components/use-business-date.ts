import { useQuery } from '@tanstack/react-query'
import { clockQuery } from '../api/demonstration.ts'

/** The platform's business date; undefined until it is known. */
export function useBusinessDate(): string | undefined {
  return useQuery(clockQuery).data?.business_date
}
