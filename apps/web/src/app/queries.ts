import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ProblemError } from '../api/problem.ts'
import { paths } from './paths.ts'

const RETRIES_MAX = 2

/** A refusal is an answer and is not asked for again; a lost connection is. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: leaveEndedSession }),
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

/** A session that has ended leads to the sign-in and from there back; what was typed is kept as a draft. */
function leaveEndedSession(error: unknown): void {
  if (!(error instanceof ProblemError) || error.problem.code !== 'auth.not-signed-in') return
  const { pathname, search } = window.location
  if (pathname !== paths.signIn()) window.location.assign(paths.signIn(pathname + search))
}
