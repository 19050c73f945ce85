import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from '../api/problem.ts'

const RETRIES_MAX = 2

/** A refusal is an answer and is not asked for again; a lost connection is. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 15_000,
      retry: (failures, error) =>
        failures < RETRIES_MAX && !(error instanceof ProblemError && error.problem.status < 500),
    },
    // Without a connection a change is refused at once, in words, and not kept waiting unseen.
    mutations: { retry: false, networkMode: 'always' },
  },
})
